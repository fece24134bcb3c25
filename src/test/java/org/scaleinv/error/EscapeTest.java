package org.scaleinv.error;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class EscapeTest {
  @Test
  void textThatIsPlainStaysAsItIs() {
    assertEquals("\"h.0.attn/é 漢\"", Escape.quoted("h.0.attn/é 漢"));
    assertEquals("/data/my model \"x\"\\é", Escape.visible("/data/my model \"x\"\\é"));
  }

  @Test
  void whatCouldMoveTheCursorOrTurnTheTextAroundIsSpelledOut() {
    String hostile = "\0\u001b[31m\n\r\t\u007f\u009b\u202e\u200b\u2028\ufeff\ue000";
    String spelled = "\\u0000\\u001b[31m\\u000a\\u000d\\u0009\\u007f\\u009b\\u202e\\u200b\\u2028\\ufeff\\ue000";
    assertEquals('"' + spelled + '"', Escape.quoted(hostile));
    assertEquals(spelled, Escape.visible(hostile));
  }

  @Test
  void quotesAndBackslashesCannotEndTheQuotedTextEarly() {
    assertEquals("\"a\\\"b\\\\\"", Escape.quoted("a\"b\\"));
  }

  @Test
  void longTextIsCutWhereQuotedAndKeptWhereItIsAPath() {
    assertEquals('"' + "x".repeat(120) + '"', Escape.quoted("x".repeat(120)));
    assertEquals('"' + "x".repeat(120) + "…\"", Escape.quoted("x".repeat(121)));
    assertEquals("x".repeat(4000), Escape.visible("x".repeat(4000)));
  }
}
