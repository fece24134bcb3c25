package org.scaleinv.error;

/**
 * An input that breaks a rule: a file, a tensor in it, a profile.
 *
 * <p>The message is one line that names the source, the tensor where there is one, what was expected and what was
 * found. Text from the input is escaped (see {@link Escape}), so that a hostile name cannot reach the terminal.
 */
public final class BadInput extends ScaleinvException {
  private static final long serialVersionUID = 1L;

  private final String rule;

  /**
   * @param rule stable kebab-case name of the rule that was broken, for tests and scripts ("header-too-long")
   * @param message one line, already escaped
   */
  public BadInput(String rule, String message) {
    this(rule, message, null);
  }

  public BadInput(String rule, String message, Throwable cause) {
    super(message, cause);
    this.rule = rule;
  }

  public String rule() {
    return rule;
  }

  @Override
  public int exitCode() {
    return 3;
  }
}
