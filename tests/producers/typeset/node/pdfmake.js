// Draws a story by pdfmake: node pdfmake.js rapport.json rapport.pdf
const fs = require("fs");
const path = require("path");
const pdfmake = require("pdfmake");

const [, , source, target] = process.argv;
const { story, look } = JSON.parse(fs.readFileSync(source, "utf8"));
const roboto = path.join(path.dirname(require.resolve("pdfmake/package.json")), "fonts", "Roboto");
const font = (name) => path.join(roboto, `Roboto-${name}.ttf`);
pdfmake.setFonts({
  Roboto: {
    normal: font("Regular"),
    bold: font("Medium"),
    italics: font("Italic"),
    bolditalics: font("MediumItalic"),
  },
});

const align = look.justified ? "justify" : "left";
const paragraph = (one) => ({
  text: one.text,
  bold: one.bold,
  italics: one.italic,
  alignment: align,
  margin: [0, 0, 0, look.gap],
});

function cell(paragraphs) {
  const stack = [];
  for (const one of paragraphs) {
    if (!one.item) stack.push(paragraph(one));
    else if (stack.length && stack.at(-1).ul) stack.at(-1).ul.push(paragraph(one));
    else stack.push({ ul: [paragraph(one)] });
  }
  return { stack };
}

const layouts = { none: "noBorders", lines: "lightHorizontalLines" };
const padded = {
  paddingTop: () => look.padding,
  paddingBottom: () => look.padding,
  fillColor: (row) => (look.rules === "zebra" && row % 2 ? "#eeeeee" : null),
  hLineWidth: () => (look.rules === "grid" ? 0.75 : 0),
  vLineWidth: () => (look.rules === "grid" ? 0.75 : 0),
};

const table = (grid) => ({
  table: {
    headerRows: look.repeat_heads ? 1 : 0,
    dontBreakRows: look.whole_rows,
    widths: grid.shares.map((share) => `${(share * 100).toFixed(1)}%`),
    body: [
      grid.heads.map((head) => ({ text: head, bold: true })),
      ...grid.rows.map((row) => row.map(cell)),
    ],
  },
  layout: layouts[look.rules] || padded,
  margin: [0, 0, 0, 10],
});

function block(one) {
  if (one.heads) return table(one);
  if (one.level === null) return cell([one]);
  const size = look.size + [6, 4, 2, 1][one.level - 1];
  return { text: one.text, bold: true, fontSize: size, margin: [0, 10, 0, 5], headlineLevel: 1 };
}

const document = {
  info: { title: story.title, creationDate: new Date(Date.UTC(2025, 8, 15)) },
  pageSize: "A4",
  pageOrientation: look.wide ? "landscape" : "portrait",
  pageMargins: [55, 60, 55, 60],
  defaultStyle: { font: "Roboto", fontSize: look.size },
  header: { text: story.title, fontSize: 8, margin: [55, 25, 55, 0] },
  footer: (page, pages) => ({ text: `${page} av ${pages}`, alignment: "center", fontSize: 8 }),
  content: [
    { text: story.title, fontSize: 20, margin: [0, 150, 0, 10] },
    { text: story.organisation, pageBreak: "after" },
    ...story.blocks.map(block),
  ],
  // A heading is never the last thing on its page.
  pageBreakBefore: (node, near) =>
    Boolean(node.headlineLevel) && near.getFollowingNodesOnPage().length === 0,
};
pdfmake.createPdf(document).write(target);
