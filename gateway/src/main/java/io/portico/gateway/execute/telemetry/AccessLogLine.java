package io.portico.gateway.execute.telemetry;

import io.portico.gateway.execute.ContextValues;
import io.portico.gateway.execute.XmlText;
import io.portico.gateway.snapshot.AccessLog;
import io.portico.gateway.snapshot.AccessLog.Escaping;
import io.portico.gateway.snapshot.ContextVariable;
import org.jspecify.annotations.Nullable;

/**
 * One line of an access log. What a client sent can neither end the line nor leave its place in it.
 */
final class AccessLogLine {
  private static final String ABSENT = "-";

  private AccessLogLine() {}

  static String of(AccessLog log, Answer answer) {
    StringBuilder line = new StringBuilder(256);
    for (AccessLog.Part part : log.parts()) {
      switch (part) {
        case AccessLog.Text text -> line.append(text.text());
        case AccessLog.Variable variable -> append(variable.variable(), log, answer, line);
        case AccessLog.Authorizer said ->
            append(ContextValues.text(said.variable(), answer.invocation()), log, line);
        case AccessLog.Overridden set ->
            append(ContextValues.text(set.variable(), answer.invocation()), log, line);
      }
    }
    return line.toString();
  }

  private static void append(
      ContextVariable variable, AccessLog log, Answer answer, StringBuilder line) {
    String value = value(variable, answer);
    if (value != null && variable == ContextVariable.ERROR_MESSAGE_STRING) {
      // A JSON text already, quotes included.
      escape(value, Escaping.XML == log.escaping() ? Escaping.XML : null, line);
    } else {
      append(value, log, line);
    }
  }

  private static void append(@Nullable String value, AccessLog log, StringBuilder line) {
    if (value == null || value.isEmpty()) {
      line.append(ABSENT);
    } else {
      escape(value, log.escaping(), line);
    }
  }

  private static @Nullable String value(ContextVariable variable, Answer answer) {
    return switch (variable) {
      case STATUS -> Integer.toString(answer.status());
      case RESPONSE_LENGTH -> Long.toString(answer.bodyBytes());
      case DATA_PROCESSED -> Long.toString(answer.dataProcessed());
      case RESPONSE_LATENCY -> Long.toString(answer.nanos() / 1_000_000);
      default -> ContextValues.text(variable, answer.invocation());
    };
  }

  private static void escape(String value, @Nullable Escaping escaping, StringBuilder line) {
    int copied = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (!standsForItself(c, escaping)) {
        line.append(value, copied, i);
        copied = i + 1;
        if (isControl(c)) {
          control(c, escaping, line);
        } else if (escaping == Escaping.XML) {
          XmlText.append(c, line);
        } else {
          line.append('\\').append(c);
        }
      }
    }
    line.append(value, copied, value.length());
  }

  private static boolean standsForItself(char c, @Nullable Escaping escaping) {
    if (isControl(c)) {
      return false;
    }
    if (escaping == Escaping.XML) {
      return !XmlText.isMarkup(c);
    }
    return escaping == null || (c != '"' && c != '\\');
  }

  /** Also the controls beyond ASCII and the line ends of Unicode, which some readers split at. */
  private static boolean isControl(char c) {
    return c < ' ' || (c >= 0x7f && c <= 0x9f) || c == 0x2028 || c == 0x2029;
  }

  private static void control(char c, @Nullable Escaping escaping, StringBuilder line) {
    if (escaping == Escaping.XML) {
      // XML 1.0 has no way to write most of them.
      line.append('?');
    } else {
      line.append(String.format("\\u%04x", (int) c));
    }
  }
}
