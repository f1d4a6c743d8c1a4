"""How the report looks: one style sheet, light and dark, on a phone, on a wide screen and on paper."""

__all__ = ["STYLE"]

STYLE = """
:root {
  color-scheme: light dark;
  --ground: #f2f6f5; --paper: #ffffff; --ink: #10262c; --soft: #44595f; --line: #c8d4d4; --brand: #0b4f5a;
  --chosen: #c2361f; --band: #cfe3e2; --tint: #fadfe4; --pool: #2d6ea8; --people: #8a6600; --ok: #0a6240;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --ground: #0e1b1f; --paper: #15262b; --ink: #e6efee; --soft: #a9bcbf; --line: #33484d; --brand: #8ed3d8;
    --chosen: #f4775a; --band: #29484d; --tint: #4b2630; --pool: #7fb6e8; --people: #dfb84a; --ok: #7fd3a8;
  }
}
*, *::before, *::after { box-sizing: border-box; }
body {
  margin: 0; background: var(--ground); color: var(--ink); line-height: 1.5; overflow-wrap: break-word;
  font-family: "Atkinson Hyperlegible Next", "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
}
header, main, footer { max-width: 70rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 2.5rem; }
h1 { font-size: clamp(1.9rem, 5vw, 2.75rem); line-height: 1.1; margin: 0 0 .5rem; text-wrap: balance; }
h2 { font-size: 1.5rem; line-height: 1.2; margin: 0 0 .5rem; }
h3 { font-size: 1.1rem; margin: 2rem 0 .5rem; padding-top: 1.25rem; border-top: 1px solid var(--line); }
p { margin: 0 0 1rem; max-width: 42rem; text-wrap: pretty; }
.pair + p { margin: 1.5rem 0 0; }
.lead { font-size: 1.15rem; color: var(--soft); }
.key { background: var(--tint); border-radius: .75rem; padding: 1.25rem; margin: 1.5rem 0; }
.key dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.25rem, 1fr)); gap: 1rem 1.25rem; margin: 0; }
.key dl > div { display: flex; flex-direction: column; justify-content: space-between; }
.key dt { font-size: .95rem; line-height: 1.3; }
.key dd { margin: 0; font-size: 1.75rem; font-weight: 700; line-height: 1.2; font-variant-numeric: tabular-nums; }
section { background: var(--paper); border: 1px solid var(--line); border-radius: .75rem; }
section { padding: 1.5rem; margin: 1.5rem 0; }
code { font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; font-size: .9em; }
.digest { overflow-wrap: anywhere; }
.pair { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1rem 2.5rem; align-items: start; }
@media (min-width: 56rem) { .pair { grid-template-columns: minmax(0, 1.15fr) minmax(0, 1fr); } }
figure { margin: 0; }
svg { display: block; width: 100%; max-width: 31rem; height: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; font-size: .95rem; }
caption { text-align: left; color: var(--soft); padding-bottom: .5rem; }
th, td { padding: .35rem .5rem; border-bottom: 1px solid var(--line); text-align: right; vertical-align: top; }
th:first-child, td:first-child { text-align: left; padding-left: 0; }
th:last-child, td:last-child { padding-right: 0; }
td { white-space: nowrap; }
thead th { font-size: .85rem; color: var(--soft); vertical-align: bottom; }
tbody th { font-weight: 400; overflow-wrap: anywhere; }
.met { color: var(--ok); white-space: nowrap; }
.unmet { color: var(--chosen); font-weight: 700; }
.legend { display: flex; flex-wrap: wrap; gap: .35rem 1.25rem; list-style: none; margin: 0 0 .5rem; padding: 0; }
.legend li { display: flex; align-items: center; gap: .45rem; font-size: .95rem; }
.legend svg { width: 1.5rem; flex: none; }
svg text { font-size: 13px; fill: var(--ink); }
svg .soft { fill: var(--soft); }
svg .halo { paint-order: stroke; stroke: var(--paper); stroke-width: 4px; stroke-linejoin: round; }
svg .end { text-anchor: end; }
svg .middle { text-anchor: middle; }
.grid { stroke: var(--line); stroke-width: .6; }
.track { stroke: var(--line); stroke-width: 1; }
.area { fill: var(--band); }
.line { fill: none; stroke: var(--brand); stroke-width: 2; stroke-linejoin: round; }
.even { stroke: var(--chosen); stroke-width: 1.5; stroke-dasharray: 5 4; }
.band { fill: var(--band); }
.span { fill: var(--brand); }
.pool { fill: var(--paper); stroke: var(--pool); stroke-width: 2.5; }
.panel { fill: var(--chosen); }
.average { fill: var(--paper); stroke: var(--brand); stroke-width: 2; }
.population { stroke: var(--people); stroke-width: 3.5; stroke-linecap: round; }
ol { padding-left: 1.25rem; max-width: 42rem; }
li { margin-bottom: .4rem; }
footer { color: var(--soft); padding-bottom: 2.5rem; font-size: .95rem; }
@media (max-width: 30rem) {
  section, .key { padding: 1rem; }
  table { font-size: .9rem; }
  th, td { padding: .3rem .25rem; }
}
@media print { section { break-inside: avoid-page; border: 0; padding: 0; } body { background: none; } }
"""
