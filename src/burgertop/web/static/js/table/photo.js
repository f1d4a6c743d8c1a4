// Photos of a table: kept on the device, at the hall when that is full. Each is made small first: at most so many pixels a side, and nothing in it but the picture.
const SIDE = 1600;
const QUALITY = 0.82;
const TYPE = "image/jpeg";

/** A file of the camera as a small picture; drawing it anew leaves place, moment and camera behind. */
async function shrink(file) {
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

/** Keep photos; returns what went wrong with one of them: the word for it, or the sentence with which the hall refused it. */
export async function keepPhotos(files, round, store, sync) {
  for (const file of files) {
    const blob = await shrink(file).catch(() => null);
    if (!blob) return { word: "no_picture" };
    const photo = { id: crypto.randomUUID(), round, blob };
    try {
      const said = await store.addPhoto(photo).catch(() => sync.bringPhoto(photo));
      if (said) return { said };
    } catch {
      return { word: "not_saved" };
    }
  }
  return {};
}
