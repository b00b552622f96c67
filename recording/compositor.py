"""Paints scenes on one canvas, frame by frame. What did not change since the last is not painted again."""

from collections.abc import Callable
from functools import lru_cache

from av import VideoFrame
from av.video.reformatter import Interpolation, VideoReformatter
from PIL import Image

from conferences.core.board import Shape
from conferences.core.figures import EDGE, Highlight
from conferences.core.slides import WHOLE, Document
from recording.canvas import Box, Canvas, Patch, patch_of, patch_of_frame, yuv_of
from recording.drawing import BOARD_RATIO, drawn
from recording.labels import (
    ACCENT,
    GROUND,
    SCREEN,
    avatar,
    chat_column,
    corner,
    hand_sign,
    name_label,
    tile_colour,
)
from recording.stage import Look, Places, Scene, Slide, Tile, places_of

Pictures = Callable[[str, str], VideoFrame | None]
"""Of a participant and a source, what is to be seen now; None: nothing has come yet."""
PageOf = Callable[[Document], Image.Image | None]
"""The picture of a document's page that is shown now; None: there is none, or it is a whiteboard's."""

RADIUS = 10
RING = 4
MARGIN = 6
LARGEST_PAGE = 2_048


class Compositor:
    def __init__(self, look: Look, page_of: PageOf) -> None:
        self.look = look
        self._canvas = Canvas(look.width, look.height)
        self._page = _PagePainter(page_of)
        self._places: Places | None = None
        self._last: dict[Box, object] = {}
        """What was painted where; compared with what is to be painted there."""
        self._scalers: dict[Box, VideoReformatter] = {}

    def paint(self, scene: Scene, pictures: Pictures) -> VideoFrame:
        places = places_of(scene, self.look)
        if places != self._places:
            self._places = places
            self._last.clear()
            self._scalers.clear()
            self._canvas.fill(Box(0, 0, self.look.width, self.look.height), yuv_of(*GROUND))
        if places.large and scene.slide:
            self._slide(scene.slide, places.large)
        elif places.large and scene.large:
            self._tile(scene.large, places.large, pictures)
        for tile, box in zip(scene.strip, places.strip, strict=True):
            self._tile(tile, box, pictures)
        if places.chat and self._is_new(places.chat, scene.chat):
            self._canvas.paste(chat_column(scene.chat, places.chat), places.chat.x, places.chat.y)
        return self._canvas.frame()

    def _is_new(self, box: Box, what: object) -> bool:
        known = self._last.get(box)
        self._last[box] = what
        return known != what

    def _slide(self, slide: Slide, box: Box) -> None:
        patch = self._page.patch(slide, box)
        known = self._last.get(box)
        if known is not patch:
            self._last[box] = patch
            self._canvas.fill(box, yuv_of(*GROUND))
            self._canvas.paste(patch, *_centred(box, patch))

    def _tile(self, tile: Tile, box: Box, pictures: Pictures) -> None:
        frame = pictures(tile.participant, tile.source) if tile.video else None
        if not self._is_new(box, (tile, frame and (id(frame), frame.pts))):
            return
        if frame is None:
            self._still(tile, box)
        else:
            self._moving(tile, box, frame)
        self._decorate(tile, box)

    def _still(self, tile: Tile, box: Box) -> None:
        self._canvas.fill(box, yuv_of(*tile_colour(tile.participant)))
        size = min(150, max(34, round(min(box.width, box.height) * 0.36))) // 2 * 2
        disc = avatar(tile.participant, tile.name, size)
        self._canvas.paste(disc, *_centred(box, disc))

    def _moving(self, tile: Tile, box: Box, frame: VideoFrame) -> None:
        """A screen is shown whole; of a camera so much that its tile is full."""
        whole = tile.source == "screen"
        ratios = box.width / frame.width, box.height / frame.height
        scale = min(ratios) if whole else max(ratios)
        width, height = (max(2, round(side * scale / 2) * 2) for side in (frame.width, frame.height))
        scaler = self._scalers.setdefault(box, VideoReformatter())
        scaled = scaler.reformat(frame, width, height, "yuv420p", interpolation=Interpolation.BILINEAR)
        patch = patch_of_frame(scaled).cropped(box.width, box.height)
        if whole:
            self._canvas.fill(box, yuv_of(*SCREEN))
        self._canvas.paste(patch, *_centred(box, patch))

    def _decorate(self, tile: Tile, box: Box) -> None:
        canvas = self._canvas
        if tile.talking:
            canvas.frame_in(box, yuv_of(*ACCENT), RING)
        label = name_label(tile.name, box.width - 2 * MARGIN, muted=tile.muted)
        canvas.paste(label, box.x + MARGIN, box.y + box.height - label.height - MARGIN)
        if tile.hand:
            canvas.paste(hand_sign(), box.x + MARGIN, box.y + MARGIN)
        for left in (True, False):
            for top in (True, False):
                patch = corner(RADIUS, left, top)
                x = box.x if left else box.x + box.width - RADIUS
                canvas.paste(patch, x, box.y if top else box.y + box.height - RADIUS)


class _PagePainter:
    """Pages as patches. A page on which something was added is not drawn from the beginning."""

    def __init__(self, page_of: PageOf) -> None:
        self._blank = lru_cache(maxsize=4)(self._load)
        self._page_of = page_of
        self._painted: Image.Image | None = None
        self._painted_key: tuple[object, ...] = ()
        self._shapes: tuple[Shape, ...] = ()
        self._patch: Patch | None = None
        self._patch_key: tuple[object, ...] = ()

    def patch(self, slide: Slide, box: Box) -> Patch:
        """What is seen of a page in a box; the same object as long as nothing changed."""
        sight = (slide.sight.x, slide.sight.y, slide.sight.zoom)
        key = (slide.document.id, slide.document.page, sight, box)
        if self._patch is None or key != self._patch_key or slide.shapes is not self._shapes:
            page = self._page(slide, box)
            self._patch, self._patch_key = patch_of(_seen(page, slide, box)), key
        return self._patch

    def _page(self, slide: Slide, box: Box) -> Image.Image:
        zoom = slide.sight.zoom / WHOLE
        key = (slide.document.id, slide.document.page, zoom, box)
        known = self._painted if key == self._painted_key else None
        count = len(self._shapes)
        added = slide.shapes[count:]
        if known and slide.shapes[:count] == self._shapes and not _has_marks(added):
            painted = drawn(known, added)
        else:
            painted = drawn(self._blank(slide.document, slide.document.page, zoom, box), slide.shapes)
        self._painted, self._painted_key, self._shapes = painted, key, slide.shapes
        return painted

    def _load(self, document: Document, page: int, zoom: float, box: Box) -> Image.Image:
        picture = self._page_of(document)
        ratio = picture.width / picture.height if picture else BOARD_RATIO
        width = min(box.width, box.height * ratio) * zoom
        width = min(width, max(LARGEST_PAGE, box.width))
        size = max(2, round(width)), max(2, round(width / ratio))
        return picture.resize(size) if picture else Image.new("RGB", size, "white")


def _has_marks(shapes: tuple[Shape, ...]) -> bool:
    return any(isinstance(shape.figure, Highlight) for shape in shapes)


def _seen(page: Image.Image, slide: Slide, box: Box) -> Image.Image:
    """The part of a page that everyone sees (`laid` of `core/slides.js`), in the box's pixels."""
    ratio = page.width / page.height
    width = min(box.width, box.height * ratio) * slide.sight.zoom / WHOLE
    shrunk = page.width / width
    wide, high = min(width, box.width), min(width / ratio, box.height)
    left = _held(width, wide, slide.sight.x) * shrunk
    top = _held(width / ratio, high, slide.sight.y) * shrunk
    area = (left, top, min(page.width, left + wide * shrunk), min(page.height, top + high * shrunk))
    size = max(2, int(wide) // 2 * 2), max(2, int(high) // 2 * 2)
    return page.resize(size, Image.Resampling.BILINEAR, box=area)


def _held(page: float, area: float, spot: int) -> float:
    """How much of a page is pushed out along one direction."""
    return min(max(0.0, page * spot / EDGE - area / 2), page - area)


def _centred(box: Box, patch: Patch) -> tuple[int, int]:
    return box.x + (box.width - patch.width) // 4 * 2, box.y + (box.height - patch.height) // 4 * 2
