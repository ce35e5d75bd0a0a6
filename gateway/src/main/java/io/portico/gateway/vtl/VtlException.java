package io.portico.gateway.vtl;

/** A template that cannot be parsed or rendered. */
public final class VtlException extends RuntimeException {

  /** What is wrong. */
  public enum Kind {
    /** The text is no template. */
    SYNTAX,
    /** A method was called that failed, such as one with an index out of range. */
    EVALUATION,
    /** A rendering used up its {@link Budget}. */
    LIMIT
  }

  private final Kind kind;
  private final int line;
  private final int column;

  VtlException(Kind kind, String message, int line, int column) {
    super(line > 0 ? message + " (line " + line + ", column " + column + ")" : message);
    this.kind = kind;
    this.line = line;
    this.column = column;
  }

  /** An evaluation that failed, to be thrown by a {@link VtlObject}. */
  public VtlException(String message) {
    this(Kind.EVALUATION, message, 0, 0);
  }

  static VtlException limit(String message) {
    return new VtlException(Kind.LIMIT, message, 0, 0);
  }

  public Kind kind() {
    return kind;
  }

  /** From 1; 0 where it is not known. */
  public int line() {
    return line;
  }

  /** From 1; 0 where it is not known. */
  public int column() {
    return column;
  }
}
