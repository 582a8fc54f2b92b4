"""Fast calls into pdfium, for those made for every word or object of a page.

pypdfium2's bindings convert every argument by type, which costs more than the call itself. These
take addresses as plain integers and keep Python's global lock: pdfium is not thread-safe, and each
call is short.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from ctypes import c_float, c_int, c_uint, c_ulong, c_void_p
from typing import Any

import pypdfium2.raw as pdfium

Handle = c_void_p
"""Stands for any of pdfium's opaque pointers, whose types its bindings do not declare."""


def _bind(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:  # noqa: ANN401
    address = ctypes.cast(function, c_void_p).value
    return ctypes.PYFUNCTYPE(result, *arguments)(address or 0)


def address_of(handle: Handle) -> int:
    """Returns the address that a pdfium handle stands for, 0 for a null handle."""
    return ctypes.cast(handle, c_void_p).value or 0


text_of = _bind(pdfium.FPDFText_GetText, c_int, c_void_p, c_int, c_int, c_void_p)
char_box = _bind(pdfium.FPDFText_GetLooseCharBox, c_int, c_void_p, c_int, c_void_p)
char_ink = _bind(
    pdfium.FPDFText_GetCharBox, c_int, c_void_p, c_int, c_void_p, c_void_p, c_void_p, c_void_p
)
char_unicode = _bind(pdfium.FPDFText_GetUnicode, c_uint, c_void_p, c_int)
char_hyphen = _bind(pdfium.FPDFText_IsHyphen, c_int, c_void_p, c_int)
char_generated = _bind(pdfium.FPDFText_IsGenerated, c_int, c_void_p, c_int)
char_unmapped = _bind(pdfium.FPDFText_HasUnicodeMapError, c_int, c_void_p, c_int)
char_size = _bind(pdfium.FPDFText_GetFontSize, ctypes.c_double, c_void_p, c_int)
char_matrix = _bind(pdfium.FPDFText_GetMatrix, c_int, c_void_p, c_int, c_void_p)
char_origin = _bind(pdfium.FPDFText_GetCharOrigin, c_int, c_void_p, c_int, c_void_p, c_void_p)
char_angle = _bind(pdfium.FPDFText_GetCharAngle, c_float, c_void_p, c_int)
char_object = _bind(pdfium.FPDFText_GetTextObject, c_void_p, c_void_p, c_int)
render_mode = _bind(pdfium.FPDFTextObj_GetTextRenderMode, c_int, c_void_p)
object_font = _bind(pdfium.FPDFTextObj_GetFont, c_void_p, c_void_p)
font_name = _bind(pdfium.FPDFFont_GetBaseFontName, c_ulong, c_void_p, c_void_p, c_ulong)
glyph_width = _bind(pdfium.FPDFFont_GetGlyphWidth, c_int, c_void_p, c_uint, c_float, c_void_p)

page_object = _bind(pdfium.FPDFPage_GetObject, c_void_p, c_void_p, c_int)
form_object = _bind(pdfium.FPDFFormObj_GetObject, c_void_p, c_void_p, c_ulong)
object_type = _bind(pdfium.FPDFPageObj_GetType, c_int, c_void_p)
object_bounds = _bind(
    pdfium.FPDFPageObj_GetBounds, c_int, c_void_p, c_void_p, c_void_p, c_void_p, c_void_p
)
object_matrix = _bind(pdfium.FPDFPageObj_GetMatrix, c_int, c_void_p, c_void_p)
form_count = _bind(pdfium.FPDFFormObj_CountObjects, c_int, c_void_p)
path_mode = _bind(pdfium.FPDFPath_GetDrawMode, c_int, c_void_p, c_void_p, c_void_p)
path_count = _bind(pdfium.FPDFPath_CountSegments, c_int, c_void_p)
path_segment = _bind(pdfium.FPDFPath_GetPathSegment, c_void_p, c_void_p, c_int)
segment_type = _bind(pdfium.FPDFPathSegment_GetType, c_int, c_void_p)
segment_point = _bind(pdfium.FPDFPathSegment_GetPoint, c_int, c_void_p, c_void_p, c_void_p)
fill_color = _bind(
    pdfium.FPDFPageObj_GetFillColor, c_int, c_void_p, c_void_p, c_void_p, c_void_p, c_void_p
)
segment_close = _bind(pdfium.FPDFPathSegment_GetClose, c_int, c_void_p)

object_clip = _bind(pdfium.FPDFPageObj_GetClipPath, c_void_p, c_void_p)
clip_count = _bind(pdfium.FPDFClipPath_CountPaths, c_int, c_void_p)
clip_segments = _bind(pdfium.FPDFClipPath_CountPathSegments, c_int, c_void_p, c_int)
clip_segment = _bind(pdfium.FPDFClipPath_GetPathSegment, c_void_p, c_void_p, c_int, c_int)
is_transparent = _bind(pdfium.FPDFPageObj_HasTransparency, c_int, c_void_p)
object_content = _bind(pdfium.FPDFPageObj_GetMarkedContentID, c_int, c_void_p)
mark_count = _bind(pdfium.FPDFPageObj_CountMarks, c_int, c_void_p)
object_mark = _bind(pdfium.FPDFPageObj_GetMark, c_void_p, c_void_p, c_ulong)
mark_bytes = _bind(
    pdfium.FPDFPageObjMark_GetParamBlobValue,
    c_int,
    c_void_p,
    c_void_p,
    c_void_p,
    c_ulong,
    c_void_p,
)
tree_count = _bind(pdfium.FPDF_StructTree_CountChildren, c_int, c_void_p)
tree_child = _bind(pdfium.FPDF_StructTree_GetChildAtIndex, c_void_p, c_void_p, c_int)
element_count = _bind(pdfium.FPDF_StructElement_CountChildren, c_int, c_void_p)
element_child = _bind(pdfium.FPDF_StructElement_GetChildAtIndex, c_void_p, c_void_p, c_int)
element_content = _bind(pdfium.FPDF_StructElement_GetChildMarkedContentID, c_int, c_void_p, c_int)
element_type = _bind(pdfium.FPDF_StructElement_GetType, c_ulong, c_void_p, c_void_p, c_ulong)
