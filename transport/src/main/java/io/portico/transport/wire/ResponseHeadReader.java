package io.portico.transport.wire;

import static io.portico.transport.wire.MalformedMessageException.badRequest;

import org.jspecify.annotations.Nullable;

/** Reads the head of a response. */
public final class ResponseHeadReader extends HeadReader {
  private int status;
  private int minorVersion;
  private @Nullable String keepAliveParameters;

  public ResponseHeadReader(WireLimits limits, Scratch scratch) {
    super(limits, scratch);
  }

  @Override
  public void reset() {
    super.reset();
    status = 0;
    keepAliveParameters = null;
  }

  public int status() {
    return status;
  }

  @Override
  public int minorVersion() {
    return minorVersion;
  }

  /**
   * Seconds after which the sender closes the connection if it stays idle, as its {@code
   * Keep-Alive} says, or -1.
   */
  public int keepAliveSeconds() {
    String parameters = keepAliveParameters;
    if (parameters == null) {
      return -1;
    }
    for (String parameter : parameters.split(",", -1)) {
      String text = parameter.strip();
      if (text.regionMatches(true, 0, "timeout=", 0, 8)) {
        String digits = text.substring(8);
        return digits.matches("[0-9]{1,6}") ? Integer.parseInt(digits) : -1;
      }
    }
    return -1;
  }

  @Override
  boolean startLine(byte[] bytes, int from, int to) throws MalformedMessageException {
    int code = from + 9;
    if (to - from < 12 || bytes[from + 8] != ' ') {
      throw badRequest("no status line");
    }
    minorVersion = minorVersion(bytes, from, from + 8);
    if (!digit(bytes[code])
        || !digit(bytes[code + 1])
        || !digit(bytes[code + 2])
        || bytes[code] == '0'
        // Many leave out the space before an empty reason; no reader takes that for anything else.
        || (to > code + 3 && bytes[code + 3] != ' ')) {
      throw badRequest("no status line");
    }
    status = (bytes[code] - '0') * 100 + (bytes[code + 1] - '0') * 10 + (bytes[code + 2] - '0');
    return true;
  }

  @Override
  void accept(String name, String value) throws MalformedMessageException {
    if (name.length() == 10 && name.equalsIgnoreCase("Keep-Alive")) {
      keepAliveParameters = value;
    }
    super.accept(name, value);
  }

  @Override
  void complete() {}
}
