"""Makes the reference pictures of the data set tests: inputs, and what PIL and torchvision make of them.

Usage: make_reference_pictures.py SAMPLES OUT

SAMPLES is a folder of 128 x 128 grayscale sample photographs (see the README beside the result);
OUT is src/test/resources/reference. Needs numpy, Pillow and torchvision. The result is the same
on every run with the same versions of these.
"""

import sys
from pathlib import Path

import numpy as np
from PIL import Image
from torchvision import transforms

EVALUATE = transforms.Compose([transforms.Resize(128), transforms.CenterCrop(128), transforms.Grayscale()])

AFFINE = [(37.3, 0, 0, 1.0), (-141.25, 0, 0, 1.0), (180.0, 0, 0, 1.0), (0.0, 0, 0, 0.53), (0.0, 0, 0, 1.47), (0.0, 17, -51, 1.0), (25.0, 5, -9, 1.3)]
SIZES = [(500, 375), (160, 213), (129, 300), (64, 48)]
PHOTOGRAPHS = [
    "rock_cliff/aegean_anatolia-cliff_01_0_0_1024.jpg",
    "grass/grass1_512_512_512.jpg",
    "grass/sahara-flora_01_0_0_512.jpg",
    "rock_cliff/aegean_anatolia-cliff_04_0_0_1024.jpg",
]


def enlarged(gray, size):
    return gray.resize(size, Image.Resampling.BICUBIC)


def coloured(gray):
    """Colour that varies over the picture, so that swapped or lost channels show."""
    v = np.asarray(gray, dtype=np.float64) / 255
    y, x = np.mgrid[0 : v.shape[0], 0 : v.shape[1]]
    warm = 0.5 + 0.5 * np.sin(x / 23 + y / 31)
    rgb = np.stack([v * (0.6 + 0.4 * warm), v, v * (1 - 0.5 * warm)], axis=-1)
    return Image.fromarray(np.uint8(np.rint(255 * rgb)), "RGB")


def write_reference(out, name):
    """The result of the evaluation transform on a file, loaded as torchvision's ImageFolder does."""
    with Image.open(out / name) as image:
        EVALUATE(image.convert("RGB")).save(out / "expected" / (name + ".png"), optimize=True)


def main(samples, out):
    (out / "expected").mkdir(parents=True, exist_ok=True)
    names = []

    def save(image, name, **options):
        image.save(out / name, **options)
        names.append(name)

    grays = [Image.open(samples / name).convert("L") for name in PHOTOGRAPHS]
    for gray, (width, height) in zip(grays, SIZES):
        colour = coloured(enlarged(gray, (width, height)))
        save(colour, f"colour_{width}x{height}.jpg", quality=88)
        if width != 500:
            save(colour, f"colour_{width}x{height}.png", optimize=True)
    save(coloured(enlarged(grays[1], (213, 160))), "colour_444_213x160.jpg", quality=88, subsampling=0)
    save(coloured(enlarged(grays[1], (213, 160))), "colour_422_213x160.jpg", quality=88, subsampling=1)
    save(coloured(enlarged(grays[2], (213, 160))), "progressive_213x160.jpg", quality=88, progressive=True)
    save(enlarged(grays[2], (171, 128)), "gray_171x128.png", optimize=True)
    save(enlarged(grays[3], (300, 220)), "gray_300x220.jpg", quality=88)
    save(coloured(enlarged(grays[0], (150, 131))).quantize(64), "palette_150x131.png", optimize=True)
    save(coloured(enlarged(grays[0], (150, 131))).convert("CMYK"), "cmyk_150x131.jpg", quality=88)

    # the same bytes with the Adobe marker saying that inks are coded as luma and chroma
    data = bytearray((out / "cmyk_150x131.jpg").read_bytes())
    data[data.index(b"Adobe") + 11] = 2
    (out / "ycck_150x131.jpg").write_bytes(data)
    names.append("ycck_150x131.jpg")

    for name in names:
        write_reference(out, name)

    # one random crop of the training transform, with its chance taken out
    with Image.open(out / "colour_160x213.png") as image:
        view = transforms.functional.resized_crop(image, top=20, left=33, height=77, width=90, size=[128, 128])
        crop = transforms.Grayscale()(view)
        crop.save(out / "expected" / "crop_33_20_90_77.png", optimize=True)

    # the augmentations' maps of that crop: angle, right, down, scale
    for angle, right, down, scale in AFFINE:
        view = transforms.functional.affine(crop, angle, [right, down], scale, [0.0, 0.0], fill=0)
        view.save(out / "expected" / f"affine_{angle}_{right}_{down}_{scale}.png", optimize=True)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]))
