"""Small batches of files that tests take through the road; texts and towns are invented."""

from pathlib import Path

from PIL import Image

TEXTS = {
    "a.txt": "柳溪镇工作总结\n全镇共有党员236名，新修道路3公里。\n\n清水村投资60万元。\n",
    "b.txt": "青山乡通报\n青山乡现有12个村，1100余户。石桥村获奖。\n",
}


def fill(folder: Path, *, frames: int = 2) -> Path:
    """Two texts, a duplicate, a TIFF of small grey frames, a broken PDF, and a file of a kind that is not read."""
    (folder / "deep").mkdir(parents=True)
    for name, text in TEXTS.items():
        (folder / name).write_text(text, "utf-8")
    (folder / "deep/copy of a.txt").write_bytes((folder / "a.txt").read_bytes())
    (folder / "notes.json").write_text("{}", "utf-8")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4\nnothing more")
    pages(folder / "scan.tif", frames)
    return folder


def pages(path: Path, frames: int) -> Path:
    """A TIFF with one small frame a page, each with a dark bar so that it is not blank."""
    images = []
    for number in range(frames):
        image = Image.new("L", (240, 320), 255)
        image.paste(0, (20, 40, 200, 60 + number))
        images.append(image)
    images[0].save(path, save_all=True, append_images=images[1:])
    return path
