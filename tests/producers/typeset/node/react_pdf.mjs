// Draws a story by react-pdf: node react_pdf.mjs rapport.json rapport.pdf
import fs from "fs";
import { createElement as make } from "react";
import { Document, Font, Page, Text, View, renderToFile } from "@react-pdf/renderer";

const [, , source, target] = process.argv;
const { story, look } = JSON.parse(fs.readFileSync(source, "utf8"));
const family = look.font || "Helvetica";
const bolds = { Helvetica: "Helvetica-Bold", "Times-Roman": "Times-Bold", Courier: "Courier-Bold" };
// Without this, words are divided by the rules of English, as they are in justified text here.
if (!look.justified) Font.registerHyphenationCallback((word) => [word]);

const paragraph = (one, key) =>
  make(
    Text,
    {
      key,
      style: {
        // Lines are as many times their default size apart where their text has none of its own.
        fontSize: look.size,
        lineHeight: look.rules === "none" ? 2 : 1.25,
        marginBottom: look.gap,
        fontFamily: one.bold ? bolds[family] : family,
        textAlign: look.justified ? "justify" : "left",
      },
    },
    (one.item ? "• " : "") + one.text,
  );

const line = { solid: "0.75pt solid #444444", thin: "0.5pt solid #999999" };
const cellStyle = (share, first) => ({
  width: `${(share * 100).toFixed(1)}%`,
  padding: look.padding,
  borderLeft: look.rules === "grid" && !first ? line.solid : undefined,
});
const rowStyle = (number) => ({
  flexDirection: "row",
  border: look.rules === "grid" ? line.solid : undefined,
  borderBottom: look.rules === "lines" ? line.thin : undefined,
  backgroundColor: look.rules === "zebra" && number % 2 ? "#eeeeee" : undefined,
});
const row = (cells, grid, number, fixed) =>
  make(
    View,
    { key: number, style: rowStyle(number), wrap: !look.whole_rows, fixed },
    cells.map((cell, column) =>
      make(View, { key: column, style: cellStyle(grid.shares[column], !column) }, cell.map(paragraph)),
    ),
  );
const table = (grid, key) =>
  make(View, { key, style: { marginBottom: 10 } }, [
    row(
      grid.heads.map((text) => [{ text, bold: true }]),
      grid,
      0,
      look.repeat_heads,
    ),
    ...grid.rows.map((cells, number) => row(cells, grid, number + 1)),
  ]);

function block(one, key) {
  if (one.heads) return table(one, key);
  if (one.level === null) return paragraph(one, key);
  const size = look.size + [6, 4, 2, 1][one.level - 1];
  const style = { fontFamily: bolds[family], fontSize: size, marginTop: 10, marginBottom: 5 };
  return make(Text, { key, style, minPresenceAhead: 40 }, one.text);
}

const sheet = {
  size: "A4",
  orientation: look.wide ? "landscape" : "portrait",
  style: { padding: 56, fontFamily: family, fontSize: look.size },
};
const small = { position: "absolute", fontSize: 8, left: 56 };
const number = ({ pageNumber, totalPages }) => `${pageNumber} / ${totalPages}`;
const pages = [
  make(Page, { ...sheet, key: 0 }, [
    make(Text, { key: 0, style: { fontSize: 20, marginTop: 150 } }, story.title),
    make(Text, { key: 1 }, story.organisation),
  ]),
  make(Page, { ...sheet, key: 1, wrap: true }, [
    make(Text, { key: "head", fixed: true, style: { ...small, top: 28 } }, story.title),
    ...story.blocks.map(block),
    make(Text, { key: "foot", fixed: true, style: { ...small, bottom: 28 }, render: number }),
  ]),
];
const date = new Date(Date.UTC(2025, 8, 15));
await renderToFile(make(Document, { title: story.title, creationDate: date }, pages), target);
