// Draws a story by PDFKit with its tables: node pdfkit.js rapport.json rapport.pdf
const fs = require("fs");
const PDFDocument = require("pdfkit");

const [, , source, target] = process.argv;
const { story, look } = JSON.parse(fs.readFileSync(source, "utf8"));
const font = look.font || "Helvetica";
const bold = { Helvetica: "Helvetica-Bold", "Times-Roman": "Times-Bold" }[font];
// A row goes whole onto the next page, so that the sheet must hold the longest.
const pdf = new PDFDocument({
  size: "A3",
  layout: look.wide ? "landscape" : "portrait",
  margin: 60,
  bufferPages: true,
  info: { Title: story.title, CreationDate: new Date(Date.UTC(2025, 8, 15)) },
});
pdf.pipe(fs.createWriteStream(target));

const width = pdf.page.width - 120;
const words = (one) => (one.item ? `• ${one.text}` : one.text);
const border = { grid: 0.5, lines: [0, 0, 0.5, 0] }[look.rules] || 0;

function draw(grid) {
  pdf.font(font, look.size);
  const head = grid.heads.map((text) => ({ text, font: { src: bold } }));
  const rows = grid.rows.map((row) => row.map((cell) => cell.map(words).join("\n\n")));
  const table = pdf.table({
    columnStyles: grid.shares.map((share) => ({ width: share * width })),
    rowStyles: (row) => (look.rules === "zebra" && row % 2 ? { backgroundColor: "#eeeeee" } : {}),
    defaultStyle: {
      border,
      padding: look.padding,
      textOptions: { align: look.justified ? "justify" : "left" },
    },
  });
  if (head.length) table.row(head);
  for (const row of rows) table.row(row.map((text, at) => (at || !look.bold_questions ? text : { text, font: { src: bold } })));
  table.end();
  pdf.x = 60;
  pdf.moveDown();
}

pdf.font(bold, 20).text(story.title, 60, 200);
pdf.font(font, look.size).text(story.organisation);
pdf.addPage();
for (const one of story.blocks) {
  if (one.heads) draw(one);
  else {
    const size = one.level === null ? look.size : look.size + [6, 4, 2, 1][one.level - 1];
    if (one.level !== null && pdf.y > pdf.page.height - 140) pdf.addPage();
    pdf.font(one.bold || one.level !== null ? bold : font, size).text(words(one), { width });
    pdf.y += look.gap;
  }
}
const { count } = pdf.bufferedPageRange();
for (let page = 0; page < count; page += 1) {
  pdf.switchToPage(page);
  pdf.page.margins.bottom = 0;
  pdf.font(font, 8).text(`Sida ${page + 1} av ${count}`, 60, pdf.page.height - 40, { width, align: "right" });
}
pdf.end();
