// Makes a Word file of a page by html-to-docx: node html_docx.js rapport.html rapport.docx
const fs = require("fs");
const convert = require("html-to-docx");

const [, , source, target] = process.argv;
const page = fs.readFileSync(source, "utf8");
const date = new Date(Date.UTC(2025, 8, 15));
const options = { createdAt: date, modifiedAt: date, table: { row: { cantSplit: true } }, footer: true, pageNumber: true };
convert(page, null, options).then((data) => fs.writeFileSync(target, Buffer.from(data)));
