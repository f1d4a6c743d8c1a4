// Reading the square of a badge with the camera: by the browser itself where it can, else by the decoder beside us.
const EVERY_MILLISECONDS = 180;
const SAME_FOR_MILLISECONDS = 3000;
const SIDE = 640;

async function ownDetector() {
  if (!("BarcodeDetector" in self)) return null;
  const formats = await BarcodeDetector.getSupportedFormats();
  if (!formats.includes("qr_code")) return null;
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  return async (canvas) => (await detector.detect(canvas))[0]?.rawValue ?? "";
}

async function vendoredDetector(address) {
  const { default: decode } = await import(address);
  return async (canvas) => {
    const { width, height } = canvas;
    const { data } = canvas.getContext("2d", { willReadFrequently: true }).getImageData(0, 0, width, height);
    try {
      return decode({ width, height, data });
    } catch {
      return ""; // no square in this picture
    }
  };
}

/** Show the camera in `video` and call `found` with what each square holds; returns how to stop it. */
export async function watch(video, decoderUrl, found) {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" }, audio: false });
  video.srcObject = stream;
  await video.play();
  const read = (await ownDetector().catch(() => null)) ?? (await vendoredDetector(decoderUrl));
  const canvas = document.createElement("canvas");
  let last = "";
  let lastAt = 0;
  let isOver = false;
  const look = async () => {
    if (isOver) return;
    const scale = Math.min(1, SIDE / Math.max(video.videoWidth, video.videoHeight, 1));
    canvas.width = Math.round(video.videoWidth * scale);
    canvas.height = Math.round(video.videoHeight * scale);
    if (canvas.width && canvas.height) {
      canvas.getContext("2d", { willReadFrequently: true }).drawImage(video, 0, 0, canvas.width, canvas.height);
      const text = await read(canvas).catch(() => "");
      const isSame = text === last && Date.now() - lastAt < SAME_FOR_MILLISECONDS;
      if (text) [last, lastAt] = [text, Date.now()]; // a badge that stays in the picture is scanned once
      if (text && !isSame) await found(text);
    }
    setTimeout(look, EVERY_MILLISECONDS);
  };
  look();
  return () => {
    isOver = true;
    for (const track of stream.getTracks()) track.stop();
    video.srcObject = null;
  };
}
