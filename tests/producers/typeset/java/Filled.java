// Fills a report's design with records by JasperReports: java Filled.java rapport.txt rapport.pdf
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.util.*;
import net.sf.jasperreports.engine.*;
import net.sf.jasperreports.engine.data.JRMapCollectionDataSource;

public class Filled {
    static final String END = "</jasperReport>\n";
    static final String[] FIELDS = {"kind", "table", "head0", "head1", "head2", "text0", "text1", "text2"};

    public static void main(String[] names) throws Exception {
        String source = Files.readString(Paths.get(names[0]));
        int end = source.indexOf(END) + END.length();
        List<Map<String, ?>> records = new ArrayList<>();
        for (String line : source.substring(end).split("\n")) {
            String[] texts = line.split("\t", -1);
            Map<String, Object> record = new HashMap<>();
            for (int at = 0; at < FIELDS.length; at++) record.put(FIELDS[at], texts[at].replace("\\n", "\n"));
            records.add(record);
        }
        byte[] design = source.substring(0, end).getBytes(StandardCharsets.UTF_8);
        JasperReport report = JasperCompileManager.compileReport(new ByteArrayInputStream(design));
        JasperPrint filled =
            JasperFillManager.fillReport(report, new HashMap<>(), new JRMapCollectionDataSource(records));
        JasperExportManager.exportReportToPdfFile(filled, names[1]);
    }
}
