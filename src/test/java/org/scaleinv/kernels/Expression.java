package org.scaleinv.kernels;

import java.util.Map;

/** Arithmetic over named numbers: + - * / ^, parentheses, ceil(x), min(x, y), max(x, y). */
final class Expression {
  private final String text;
  private final Map<String, Double> names;
  private int place;

  private Expression(String text, Map<String, Double> names) {
    this.text = text;
    this.names = names;
  }

  /** @throws BadReport naming the expression, when it is none or uses a name that is not given */
  static double value(String text, Map<String, Double> names) {
    var expression = new Expression(text, names);
    double value = expression.sum();
    if (expression.next() != 0) {
      throw expression.wrong("'" + expression.next() + "' is unexpected");
    }
    return value;
  }

  private double sum() {
    double sum = product();
    while (next() == '+' || next() == '-') {
      sum = take() == '+' ? sum + product() : sum - product();
    }
    return sum;
  }

  private double product() {
    double product = power();
    while (next() == '*' || next() == '/') {
      product = take() == '*' ? product * power() : product / power();
    }
    return product;
  }

  private double power() {
    double base = factor();
    if (next() != '^') {
      return base;
    }
    take();
    return Math.pow(base, power());
  }

  private double factor() {
    char first = next();
    if (first == '(') {
      return parenthesised();
    }
    if (!Character.isLetterOrDigit(first)) {
      throw wrong("a number or a name is missing at " + place);
    }
    int start = place;
    while (place < text.length() && isOfWord(text.charAt(place))) {
      place++;
    }
    String word = text.substring(start, place);
    if (Character.isDigit(first)) {
      return number(word);
    }
    return next() == '(' ? function(word) : named(word);
  }

  private static boolean isOfWord(char character) {
    return Character.isLetterOrDigit(character) || character == '_' || character == '.';
  }

  private double parenthesised() {
    expect('(');
    double value = sum();
    expect(')');
    return value;
  }

  private double function(String name) {
    if (name.equals("ceil")) {
      return Math.ceil(parenthesised());
    }
    if (!name.equals("min") && !name.equals("max")) {
      throw wrong("there is no function " + name);
    }
    expect('(');
    double left = sum();
    expect(',');
    double right = sum();
    expect(')');
    return name.equals("min") ? Math.min(left, right) : Math.max(left, right);
  }

  private double number(String word) {
    try {
      return Double.parseDouble(word);
    } catch (NumberFormatException e) {
      throw wrong("no number: " + word);
    }
  }

  private double named(String name) {
    Double value = names.get(name);
    if (value == null) {
      throw wrong("no size is named " + name);
    }
    return value;
  }

  private void expect(char expected) {
    if (next() != expected) {
      throw wrong("'" + expected + "' is missing at " + place);
    }
    place++;
  }

  /** The next character that is no blank; 0 at the end. */
  private char next() {
    while (place < text.length() && text.charAt(place) == ' ') {
      place++;
    }
    return place < text.length() ? text.charAt(place) : 0;
  }

  private char take() {
    char taken = next();
    place++;
    return taken;
  }

  private BadReport wrong(String why) {
    return new BadReport("\"" + text + "\": " + why);
  }
}
