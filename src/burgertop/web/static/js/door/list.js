// Finding somebody on the list of a door: by the code of a badge, or by a part of the name.
const ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH = 10;
const MOST_FOUND = 30;

/** Capitals, without spaces, dashes and dots. */
export const canonical = (typed) => typed.normalize("NFKC").toUpperCase().replace(/[\s\-._/\u00b7\u2022]/g, "");

/** Whether it is a whole code: the weighted sum of its ten characters is 0 modulo 31. */
export function isCode(code) {
  if (code.length !== LENGTH) return false;
  const values = [...code].map((one) => ALPHABET.indexOf(one));
  if (values.includes(-1)) return false;
  return values.reduce((sum, value, place) => sum + value * (LENGTH - place), 0) % 31 === 0;
}

/** Small letters without accents, so that Zoé is found by zoe. */
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

async function hashed(salt, code) {
  const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(salt + code));
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("").slice(0, 32);
}

export class DoorList {
  constructor(kept) {
    this.kept = kept;
    this.byId = new Map(kept.people.map((person) => [person.id, person]));
    this.byBadge = new Map();
    this.names = kept.people.map((person) => [plain(`${person.given} ${person.family}`), person]);
    for (const person of kept.people) {
      this.byBadge.set(person.badge, { person, isGood: true });
      for (const badge of person.old) this.byBadge.set(badge, { person, isGood: false });
    }
  }

  get people() {
    return this.kept.people;
  }

  person(id) {
    return this.byId.get(id);
  }

  async wearer(code) {
    return this.byBadge.get(await hashed(this.kept.salt, code));
  }

  /** People whose name has all the words; names that begin with what was typed come first. */
  named(typed) {
    const words = plain(typed).split(/\s+/).filter(Boolean);
    if (!words.length) return [];
    const found = this.names.filter(([name]) => words.every((word) => name.includes(word)));
    const first = ([name]) => (name.split(" ").some((part) => part.startsWith(words[0])) ? 0 : 1);
    found.sort((one, other) => first(one) - first(other) || one[0].localeCompare(other[0]));
    return found.slice(0, MOST_FOUND).map(([, person]) => person);
  }
}
