// The images page: upload, gallery, predictions, deleting and the start of a job, put together.
import { Gallery } from "./gallery.js";
import { setUpGalleryDeleting } from "./gallery-delete.js";
import { ImageMasks } from "./image-masks.js";
import { Predictions } from "./predictions.js";
import { Selection } from "./selection.js";
import { setUpStartPanel } from "./start-panel.js";
import { setUpUpload } from "./upload.js";

const selection = new Selection();
const predictions = new Predictions();
const gallery = new Gallery(selection, predictions, new ImageMasks());

setUpUpload((images) => gallery.add(images));
setUpStartPanel(selection, (model) => predictions.prefer(model));
setUpGalleryDeleting(selection, gallery);
gallery.load();
