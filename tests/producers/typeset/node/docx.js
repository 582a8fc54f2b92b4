// Writes a story as a Word file by the package docx: node docx.js rapport.json rapport.docx
const fs = require("fs");
const docx = require("docx");

const [, , source, target] = process.argv;
const { story, look } = JSON.parse(fs.readFileSync(source, "utf8"));
const none = { style: docx.BorderStyle.NONE, size: 0, color: "FFFFFF" };
const borders =
  look.rules === "grid"
    ? undefined
    : {
        top: none,
        left: none,
        right: none,
        insideVertical: none,
        bottom: none,
        insideHorizontal: look.rules === "lines" ? { style: "single", size: 4 } : none,
      };

const runs = (one) =>
  one.text
    .split("\n")
    .map(
      (text, line) =>
        new docx.TextRun({ text, bold: one.bold, italics: one.italic, break: line ? 1 : undefined }),
    );

function paragraph(one) {
  const heading = one.level === null ? undefined : docx.HeadingLevel[`HEADING_${one.level}`];
  const bullet = one.item ? { level: 0 } : undefined;
  return new docx.Paragraph({
    children: runs(one),
    heading,
    bullet,
    spacing: { after: look.gap * 20 },
    alignment: look.justified ? docx.AlignmentType.BOTH : undefined,
  });
}

const cell = (paragraphs, share) =>
  new docx.TableCell({
    width: { size: share * 100, type: docx.WidthType.PERCENTAGE },
    children: paragraphs.length ? paragraphs.map(paragraph) : [new docx.Paragraph("")],
  });

const row = (cells, grid, tableHeader) =>
  new docx.TableRow({
    tableHeader,
    cantSplit: look.whole_rows,
    children: cells.map((paragraphs, column) => cell(paragraphs, grid.shares[column])),
  });

function block(one) {
  if (!one.heads) return [paragraph(one)];
  const heads = one.heads.map((text) => [{ text, bold: true, level: null }]);
  const rows = [
    row(heads, one, look.repeat_heads),
    ...one.rows.map((cells) => row(cells, one, false)),
  ];
  const width = { size: 100, type: docx.WidthType.PERCENTAGE };
  return [new docx.Table({ rows, width, borders }), new docx.Paragraph("")];
}

const foot = new docx.Paragraph({
  children: [new docx.TextRun({ children: ["Sida ", docx.PageNumber.CURRENT] })],
});
const document = new docx.Document({
  title: story.title,
  styles: { default: { document: { run: { font: look.font || "Calibri", size: look.size * 2 } } } },
  sections: [
    {
      headers: { default: new docx.Header({ children: [new docx.Paragraph(story.title)] }) },
      footers: { default: new docx.Footer({ children: [foot] }) },
      children: [
        new docx.Paragraph({ text: story.title, heading: docx.HeadingLevel.TITLE }),
        new docx.Paragraph(story.organisation),
        new docx.Paragraph({ children: [new docx.PageBreak()] }),
        ...story.blocks.flatMap(block),
      ],
    },
  ],
});
docx.Packer.toBuffer(document).then((data) => fs.writeFileSync(target, data));
