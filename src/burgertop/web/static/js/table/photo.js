// Making a photo small on the device: at most so many pixels a side, and nothing in it but the picture.
const SIDE = 1600;
const QUALITY = 0.82;
const TYPE = "image/jpeg";

/** A file of the camera as a small picture; drawing it anew leaves place, moment and camera behind. */
export async function shrink(file) {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, SIDE / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return new Promise((done, fail) => {
    canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error("no picture"))), TYPE, QUALITY);
  });
}
