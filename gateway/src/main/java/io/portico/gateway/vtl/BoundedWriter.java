package io.portico.gateway.vtl;

import java.io.Writer;

/** What a template prints, up to the budget's limit. */
final class BoundedWriter extends Writer {
  private final StringBuilder out;
  private final int limit;

  BoundedWriter(int limit, int expected) {
    this.limit = limit;
    this.out = new StringBuilder(Math.min(expected, limit));
  }

  @Override
  public void write(int c) {
    room(1);
    out.append((char) c);
  }

  @Override
  public void write(char[] chars, int offset, int length) {
    room(length);
    out.append(chars, offset, length);
  }

  @Override
  public void write(String text) {
    room(text.length());
    out.append(text);
  }

  @Override
  public void write(String text, int offset, int length) {
    room(length);
    out.append(text, offset, offset + length);
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}

  @Override
  public String toString() {
    return out.toString();
  }

  private void room(int length) {
    if (length > limit - out.length()) {
      throw VtlException.limit("the template prints more than " + limit + " characters");
    }
  }
}
