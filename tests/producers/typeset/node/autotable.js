// Draws a story by jsPDF with autotable: node autotable.js rapport.json rapport.pdf
const fs = require("fs");
const { jsPDF } = require("jspdf");
const { autoTable } = require("jspdf-autotable");

const [, , source, target] = process.argv;
const { story, look } = JSON.parse(fs.readFileSync(source, "utf8"));
const pdf = new jsPDF({ unit: "pt", format: "a4", orientation: look.wide ? "landscape" : "portrait" });
pdf.setCreationDate(new Date(Date.UTC(2025, 8, 15)));
pdf.setFileId("0123456789ABCDEF0123456789ABCDEF");
const [left, top] = [50, 55];
const width = pdf.internal.pageSize.getWidth() - 2 * left;
const bottom = pdf.internal.pageSize.getHeight() - top;
const font = look.font || "helvetica";
let y = top;

function write(text, size, style) {
  pdf.setFont(font, style);
  pdf.setFontSize(size);
  for (const line of pdf.splitTextToSize(text, width)) {
    if (y + size > bottom) {
      pdf.addPage();
      y = top;
    }
    pdf.text(line, left, y + size);
    y += size * 1.25;
  }
  y += look.gap;
}

const words = (one) => (one.item ? `• ${one.text}` : one.text);

function draw(grid) {
  autoTable(pdf, {
    startY: y,
    margin: { left, right: left, top, bottom: top },
    theme: { grid: "grid", zebra: "striped" }[look.rules] || "plain",
    head: [grid.heads],
    body: grid.rows.map((row) => row.map((cell) => cell.map(words).join("\n\n"))),
    showHead: look.repeat_heads ? "everyPage" : "firstPage",
    rowPageBreak: look.whole_rows ? "avoid" : "auto",
    styles: {
      font,
      fontSize: look.size,
      cellPadding: look.padding,
      overflow: "linebreak",
      halign: look.justified ? "justify" : "left",
      ...(look.rules === "lines" ? { lineWidth: { bottom: 0.5 }, lineColor: 150 } : {}),
    },
    columnStyles: Object.fromEntries(
      grid.shares.map((share, column) => [
        column,
        { cellWidth: share * width, fontStyle: look.bold_questions && !column ? "bold" : "normal" },
      ]),
    ),
  });
  y = pdf.lastAutoTable.finalY + 14;
}

y = 200;
write(story.title, 20, "bold");
write(story.organisation, look.size, "normal");
pdf.addPage();
y = top;
for (const one of story.blocks) {
  if (one.heads) draw(one);
  else if (one.level === null) write(words(one), look.size, one.bold ? "bold" : "normal");
  else {
    const size = look.size + [6, 4, 2, 1][one.level - 1];
    if (y + 5 * size > bottom) {
      pdf.addPage();
      y = top;
    }
    y += 8;
    write(one.text, size, "bold");
  }
}
const pages = pdf.getNumberOfPages();
for (let page = 1; page <= pages; page += 1) {
  pdf.setPage(page);
  pdf.setFont(font, "normal");
  pdf.setFontSize(8);
  pdf.text(`Sida ${page} av ${pages}`, left + width, bottom + 30, { align: "right" });
}
fs.writeFileSync(target, Buffer.from(pdf.output("arraybuffer")));
