package org.scaleinv.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TextFormsTest {
  @Test
  void tablesAlignTheirColumnsAndEndLinesWithoutBlanks() {
    TextTable table = new TextTable().left("name").right("n").left("what");
    table.row("Ω", "1000", null).line("a line that is wider than all").row("long name", "7", "x");
    assertEquals("""
        name          n  what
        Ω          1000
        a line that is wider than all
        long name     7  x
        """, table.toString());
    assertThrows(IllegalArgumentException.class, () -> table.row("one"));
  }

  @Test
  void fieldsOfCsvAreQuotedWhereTheyMustBeAndARecordIsALine() {
    Csv csv = new Csv().row(Arrays.asList("a,b", "say \"x\"", "", null, 1.5, "two\nlines\0"));
    assertEquals("\"a,b\",\"say \"\"x\"\"\",\"\",,1.5,two\\u000alines\\u0000\n", csv.toString());
  }

  @Test
  void jsonBreaksLinesInItsTwoOuterLevelsOnly() throws IOException {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("none", List.of());
    tree.put("rows", List.of(Map.of("a", List.of(1, 2)), Map.of()));
    tree.put("text", "ü\u0000\"");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Json.write(tree, out);
    assertEquals("""
        {
          "none": [],
          "rows": [
            {"a": [1, 2]},
            {}
          ],
          "text": "ü\\u0000\\""
        }
        """, out.toString(StandardCharsets.UTF_8));
  }

  @Test
  void numbersOfJsonReadBackToTheSameBitsAndOthersAreStrings() {
    assertEquals("[0.1,4.9E-324,-0.0,1.7976931348623157E308]",
        Json.line(List.of(0.1, Double.MIN_VALUE, -0.0, Double.MAX_VALUE)));
    assertEquals("[\"NaN\",\"Infinity\",\"-Infinity\",null,9223372036854775807]",
        Json.line(Arrays.asList(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, null, Long.MAX_VALUE)));
  }

  @Test
  void numbersForPeopleHaveFourDigitsAndRoughOnesTwo() {
    assertEquals("1.235", Numbers.of(1.23456));
    assertEquals("0.001234", Numbers.of(0.0012341));
    assertEquals("12346", Numbers.of(12345.6));
    assertEquals("-1.235e-05", Numbers.of(-0.0000123456));
    assertEquals("0", Numbers.of(-0.0));
    assertEquals("NaN", Numbers.of(Double.NaN));
    assertEquals("-inf", Numbers.of(Double.NEGATIVE_INFINITY));
    assertEquals("-", Numbers.of(null));
    assertEquals("0.12", Numbers.rough(0.1234));
  }
}
