// A tone for each kind of result, beside the sign and the words: high is welcome, two are a question, low is no.
const TONES = { ok: [[880, 0]], wait: [[520, 0], [520, 0.18]], stop: [[220, 0], [180, 0.2]] };
const LENGTH_SECONDS = 0.14;
let context;

/** Browsers let a page sound only after somebody has touched it. */
export function ready() {
  const Sound = self.AudioContext ?? self.webkitAudioContext;
  if (Sound) context ??= new Sound();
  context?.resume?.();
}

export function sound(sign) {
  navigator.vibrate?.(sign === "ok" ? 60 : [120, 80, 120]);
  if (context?.state !== "running") return;
  for (const [pitch, after] of TONES[sign] ?? []) {
    const tone = context.createOscillator();
    const loudness = context.createGain();
    loudness.gain.value = 0.2;
    tone.frequency.value = pitch;
    tone.connect(loudness).connect(context.destination);
    tone.start(context.currentTime + after);
    tone.stop(context.currentTime + after + LENGTH_SECONDS);
  }
}
