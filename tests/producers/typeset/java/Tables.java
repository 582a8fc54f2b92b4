// Draws a story by iText 5: java -cp itext5.jar Tables.java rapport.txt rapport.pdf
import com.itextpdf.text.*;
import com.itextpdf.text.pdf.*;
import java.io.FileOutputStream;
import java.nio.file.*;


public class Tables {
    static String[] look;
    static float size, gap, padding;

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

    static Font font(float points, boolean bold, boolean italic) throws Exception {
        int style = (bold ? Font.BOLD : 0) | (italic ? Font.ITALIC : 0);
        if (!look[2].contains("/")) {
            return FontFactory.getFont(look[2], BaseFont.CP1252, BaseFont.NOT_EMBEDDED, points, style);
        }
        String file = look[2] + (bold ? "-Bold.ttf" : "-Regular.ttf");
        return FontFactory.getFont(file, BaseFont.IDENTITY_H, BaseFont.EMBEDDED, points);
    }

    static Element paragraph(String[] fields) throws Exception {
        boolean heading = !fields[2].isEmpty();
        float points = heading ? size + new float[] {6, 4, 2, 1}[Integer.parseInt(fields[2]) - 1] : size;
        boolean bold = heading || fields[1].contains("b");
        Font font = font(points, bold, fields[1].contains("i"));
        if (fields[1].contains("l")) {
            com.itextpdf.text.List list = new com.itextpdf.text.List(com.itextpdf.text.List.UNORDERED, 10);
            list.setListSymbol(new Chunk("•", font));
            ListItem item = new ListItem(points * 1.25f, plain(fields[3]), font);
            item.setSpacingAfter(gap);
            list.add(item);
            return list;
        }
        Paragraph made = new Paragraph(points * 1.25f, plain(fields[3]), font);
        made.setSpacingAfter(gap);
        if (heading) made.setSpacingBefore(8);
        if (is(1) && !heading) made.setAlignment(Element.ALIGN_JUSTIFIED);
        return made;
    }

    static PdfPCell cell(int span, int row) {
        PdfPCell cell = new PdfPCell();
        cell.setColspan(span);
        cell.setPadding(padding);
        if (look[1].equals("grid")) cell.setBorderWidth(0.5f);
        else if (look[1].equals("lines")) cell.setBorder(Rectangle.BOTTOM);
        else cell.setBorder(Rectangle.NO_BORDER);
        if (look[1].equals("zebra") && row % 2 == 1) cell.setBackgroundColor(new BaseColor(238, 238, 238));
        return cell;
    }

    public static void main(String[] names) throws Exception {
        java.util.List<String> lines = Files.readAllLines(Paths.get(names[0]));
        look = lines.get(0).split("\t", -1);
        size = Float.parseFloat(look[3]);
        gap = Float.parseFloat(look[4]);
        padding = Float.parseFloat(look[5]);
        Document document = new Document(is(0) ? PageSize.A4.rotate() : PageSize.A4, 57, 57, 60, 60);
        PdfWriter writer = PdfWriter.getInstance(document, new FileOutputStream(names[1]));
        String[] title = lines.get(1).split("\t", -1);
        writer.setPageEvent(new PdfPageEventHelper() {
            public void onEndPage(PdfWriter on, Document of) {
                try {
                    PdfContentByte over = on.getDirectContent();
                    Phrase number = new Phrase("Sida " + on.getPageNumber(), font(8, false, false));
                    ColumnText.showTextAligned(over, Element.ALIGN_RIGHT, number, of.right(), of.bottom() - 24, 0);
                    Phrase head = new Phrase(plain(title[1]), font(8, false, false));
                    ColumnText.showTextAligned(over, Element.ALIGN_LEFT, head, of.left(), of.top() + 20, 0);
                } catch (Exception error) {
                    throw new RuntimeException(error);
                }
            }
        });
        document.open();
        Paragraph large = new Paragraph(24, plain(title[1]), font(20, true, false));
        large.setSpacingBefore(120);
        document.add(large);
        document.add(new Paragraph(plain(title[2]), font(size, false, false)));
        document.newPage();
        PdfPTable table = null;
        PdfPCell cell = null;
        int row = 0, filled = 0, columns = 0, heads = 0;
        for (String line : lines.subList(2, lines.size())) {
            String[] fields = line.split("\t", -1);
            boolean ends = !fields[0].equals("text");
            if (ends && cell != null) {
                table.addCell(cell);
                filled += cell.getColspan();
                if (filled % columns == 0) row++;
                cell = null;
            }
            switch (fields[0]) {
                case "table":
                    columns = fields.length - 1;
                    float[] shares = new float[columns];
                    for (int at = 0; at < columns; at++) shares[at] = Float.parseFloat(fields[at + 1]);
                    table = new PdfPTable(shares);
                    table.setWidthPercentage(100);
                    table.setSpacingBefore(6);
                    table.setSpacingAfter(10);
                    table.setSplitLate(is(3));
                    row = filled = heads = 0;
                    break;
                case "head":
                    cell = cell(1, 0);
                    cell.addElement(new Paragraph(size * 1.25f, plain(fields[1]), font(size, true, false)));
                    heads++;
                    if (is(2)) table.setHeaderRows(1);
                    break;
                case "cell":
                    cell = cell(Integer.parseInt(fields[1]), row);
                    break;
                case "text":
                    Element made = paragraph(fields);
                    if (cell != null) cell.addElement(made);
                    else document.add(made);
                    break;
                case "end":
                    document.add(table);
                    break;
            }
        }
        document.close();
    }
}
