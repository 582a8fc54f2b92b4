// Writes a story as a Word file by Apache POI: java Word.java rapport.txt rapport.docx
import java.io.FileOutputStream;
import java.math.BigInteger;
import java.nio.file.*;
import java.util.*;
import org.apache.poi.wp.usermodel.HeaderFooterType;
import org.apache.poi.xwpf.usermodel.*;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.*;

public class Word {
    static String[] look;

    static String plain(String text) {
        StringBuilder made = new StringBuilder();
        for (int at = 0; at < text.length(); at++) {
            char letter = text.charAt(at);
            if (letter != '\\') made.append(letter);
            else made.append(text.charAt(++at) == 'n' ? '\n' : text.charAt(at));
        }
        return made.toString();
    }

    static boolean is(int flag) {
        return look[6 + flag].equals("1");
    }

    static void fill(XWPFParagraph paragraph, String[] fields, BigInteger list) {
        double size = Double.parseDouble(look[3]);
        if (!fields[2].isEmpty()) {
            paragraph.setStyle("Heading" + fields[2]);
            size += new double[] {6, 4, 2, 1}[Integer.parseInt(fields[2]) - 1];
        }
        if (fields[1].contains("l")) paragraph.setNumID(list);
        if (is(1)) paragraph.setAlignment(ParagraphAlignment.BOTH);
        paragraph.setSpacingAfter((int) (20 * Double.parseDouble(look[4])));
        XWPFRun run = paragraph.createRun();
        run.setFontFamily(look[2]);
        run.setFontSize((int) size);
        run.setBold(fields[1].contains("b") || !fields[2].isEmpty());
        run.setItalic(fields[1].contains("i"));
        String[] lines = plain(fields[3]).split("\n");
        for (int at = 0; at < lines.length; at++) {
            if (at > 0) run.addBreak();
            run.setText(lines[at]);
        }
    }

    static BigInteger bullets(XWPFDocument document) {
        CTAbstractNum kind = CTAbstractNum.Factory.newInstance();
        kind.setAbstractNumId(BigInteger.ONE);
        CTLvl level = kind.addNewLvl();
        level.setIlvl(BigInteger.ZERO);
        level.addNewNumFmt().setVal(STNumberFormat.BULLET);
        level.addNewLvlText().setVal("•");
        XWPFNumbering numbering = document.createNumbering();
        return numbering.addNum(numbering.addAbstractNum(new XWPFAbstractNum(kind)));
    }

    static void headings(XWPFDocument document) {
        XWPFStyles styles = document.createStyles();
        for (int level = 1; level <= 4; level++) {
            CTStyle style = CTStyle.Factory.newInstance();
            style.setType(STStyleType.PARAGRAPH);
            style.setStyleId("Heading" + level);
            style.addNewName().setVal("heading " + level);
            style.addNewPPr().addNewOutlineLvl().setVal(BigInteger.valueOf(level - 1));
            styles.addStyle(new XWPFStyle(style));
        }
    }

    static void rules(XWPFTable table) {
        if (look[1].equals("grid")) return;
        XWPFTable.XWPFBorderType none = XWPFTable.XWPFBorderType.NONE;
        table.setTopBorder(none, 0, 0, "auto");
        table.setLeftBorder(none, 0, 0, "auto");
        table.setRightBorder(none, 0, 0, "auto");
        table.setBottomBorder(none, 0, 0, "auto");
        table.setInsideVBorder(none, 0, 0, "auto");
        boolean lines = look[1].equals("lines");
        table.setInsideHBorder(lines ? XWPFTable.XWPFBorderType.SINGLE : none, lines ? 4 : 0, 0, "999999");
    }

    static XWPFTableCell cell(XWPFTable table, int row, int column) {
        while (table.getNumberOfRows() <= row) table.createRow();
        XWPFTableRow made = table.getRow(row);
        while (made.getTableCells().size() <= column) made.addNewTableCell();
        return made.getCell(column);
    }

    public static void main(String[] names) throws Exception {
        List<String> lines = Files.readAllLines(Paths.get(names[0]));
        look = lines.get(0).split("\t", -1);
        XWPFDocument document = new XWPFDocument();
        headings(document);
        BigInteger list = bullets(document);
        String[] title = lines.get(1).split("\t", -1);
        document.createHeader(HeaderFooterType.DEFAULT).createParagraph().createRun().setText(plain(title[1]));
        XWPFParagraph foot = document.createFooter(HeaderFooterType.DEFAULT).createParagraph();
        foot.createRun().setText("Sida ");
        foot.getCTP().addNewFldSimple().setInstr("PAGE");
        fill(document.createParagraph(), new String[] {"text", "b", "", title[1]}, list);
        XWPFParagraph last = document.createParagraph();
        fill(last, new String[] {"text", "", "", title[2]}, list);
        last.createRun().addBreak(BreakType.PAGE);
        XWPFTable table = null;
        XWPFTableCell cell = null;
        boolean used = false;
        int row = 0, column = 0, columns = 0;
        for (String line : lines.subList(2, lines.size())) {
            String[] fields = line.split("\t", -1);
            switch (fields[0]) {
                case "table":
                    columns = fields.length - 1;
                    table = document.createTable(1, columns);
                    table.setWidth("100%");
                    rules(table);
                    row = 0;
                    column = 0;
                    for (int at = 0; at < columns; at++) {
                        String width = String.format(Locale.ROOT, "%.0f%%", 100 * Double.parseDouble(fields[at + 1]));
                        table.getRow(0).getCell(at).setWidth(width);
                    }
                    break;
                case "head":
                    cell = cell(table, row, column++);
                    fill(cell.getParagraphs().get(0), new String[] {"text", "b", "", fields[1]}, list);
                    if (is(2)) table.getRow(0).setRepeatHeader(true);
                    break;
                case "cell":
                    if (column == columns) {
                        row++;
                        column = 0;
                    }
                    cell = cell(table, row, column++);
                    if (look[1].equals("zebra") && row % 2 == 1) cell.setColor("EEEEEE");
                    used = false;
                    break;
                case "text":
                    XWPFParagraph paragraph;
                    if (table == null) paragraph = document.createParagraph();
                    else paragraph = used ? cell.addParagraph() : cell.getParagraphs().get(0);
                    fill(paragraph, fields, list);
                    used = true;
                    break;
                case "end":
                    table = null;
                    document.createParagraph();
                    break;
            }
        }
        try (FileOutputStream out = new FileOutputStream(names[1])) {
            document.write(out);
        }
    }
}
