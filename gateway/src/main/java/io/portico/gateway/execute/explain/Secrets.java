package io.portico.gateway.execute.explain;

import io.portico.gateway.http.Headers;
import io.portico.gateway.http.QueryString;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Hides the secrets of one request wherever it is shown: what is named like one, whatever an
 * authorizer goes by, and wherever else the same value stands. Of a long one the last characters
 * are left, as AWS's execution logs leave them ({@code *****abc123}; source: documented,
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html).
 */
final class Secrets {
  private static final int SHOWN = 6;

  /** A shorter value is likely to stand somewhere by chance. */
  private static final int SHORTEST = 6;

  /** Parts of names, without dashes and underscores. */
  private static final Pattern NAME =
      Pattern.compile(
          "authorization|password|passwd|passphrase|secret|token|apikey|identifierkey|cookie|signature"
              + "|credential|session|assertion|privatekey|accesskey|authkey|subscriptionkey"
              + "|functionskey|jwt|bearer|^x?auth$|^pin$|^otp$");

  /** What is a secret in a query, and a plain word in a content. */
  private static final Set<String> OF_QUERIES = Set.of("key", "code", "sig");

  /**
   * A member's name in a JSON text, which may itself stand in a text of JSON, and that again:
   * before its quotes are as many escapes as it stands deep, and one more for each that it stands
   * deeper.
   */
  private static final Pattern MEMBER =
      Pattern.compile("(\\\\{0,63})\"([A-Za-z0-9_.$-]{1,64})\\\\{0,63}\"\\s*:\\s*");

  /** The beginning of its value where that is a text. */
  private static final Pattern QUOTE = Pattern.compile("(\\\\{0,63})\"");

  /** Its value where that is an array of texts or a number; it may be cut off. */
  private static final Pattern VALUE = Pattern.compile("\\[[^\\[\\]{}]*+]?|-?[0-9][0-9.eE+-]*+");

  /** An element of XML that has a text, or the beginning of one. */
  private static final Pattern ELEMENT =
      Pattern.compile("<([A-Za-z0-9_.:-]{1,64})(?:\\s[^<>]*+)?>((?:\\s*+<!\\[CDATA\\[)?+[^<]++)");

  /** A parameter of a query, a form or a template's text. */
  private static final Pattern PARAMETER =
      Pattern.compile("(^|[?&;,\"'\\s\\[{(])([A-Za-z0-9_.%-]{1,64})=([^&;,\"'\\s\\]})]*)");

  /** Behind the word of its scheme the rest is secret. */
  private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9-]{0,31}) +(?=\\S)");

  private final Set<String> names;
  private final Set<String> values = new HashSet<>();

  /**
   * @param names of headers and parameters that are secret here, in lower case, whatever they are
   *     called
   */
  Secrets(Set<String> names) {
    this.names = names;
  }

  /** Whether something of this name is secret. */
  boolean isSecret(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return names.contains(lower)
        || NAME.matcher(lower.replace("-", "").replace("_", "").replace(".", "")).find();
  }

  private boolean isSecretParameter(String name) {
    return isSecret(name) || OF_QUERIES.contains(name.toLowerCase(Locale.ROOT));
  }

  /** Takes a value as secret wherever it stands. */
  void add(@Nullable String value) {
    if (value != null && value.length() >= SHORTEST) {
      values.add(value);
    }
  }

  /** Learns the secrets of a request: of its headers and of its query. */
  void learn(Headers headers, @Nullable String query) {
    for (Headers.Field field : headers) {
      if (isSecret(field.name())) {
        add(field.value());
        Matcher scheme = SCHEME.matcher(field.value());
        if (scheme.lookingAt()) {
          add(field.value().substring(scheme.end()));
        }
      }
    }
    if (query != null) {
      Matcher parameter = PARAMETER.matcher(query);
      while (parameter.find()) {
        if (isSecretParameter(parameter.group(2))) {
          add(parameter.group(3));
        }
      }
      // What a backend or a function is told of them is decoded.
      new QueryString(query)
          .asMap()
          .forEach(
              (name, all) -> {
                if (isSecretParameter(name)) {
                  all.forEach(this::add);
                }
              });
    }
  }

  /** Headers with their secrets hidden. */
  Headers hidden(Headers headers) {
    Headers.Builder shown = Headers.builder();
    for (Headers.Field field : headers) {
      shown.addChecked(
          field.name(),
          isSecret(field.name()) ? hiddenValue(field.value()) : hiddenValues(field.value()));
    }
    return shown.build();
  }

  /** A request target, or any text with parameters in it, with their secrets hidden. */
  String hiddenParameters(String text) {
    Matcher parameter = PARAMETER.matcher(text);
    StringBuilder shown = new StringBuilder();
    while (parameter.find()) {
      String value = parameter.group(3);
      parameter.appendReplacement(
          shown,
          Matcher.quoteReplacement(
              parameter.group(1)
                  + parameter.group(2)
                  + "="
                  + (isSecretParameter(parameter.group(2)) ? masked(value) : value)));
    }
    return hiddenValues(parameter.appendTail(shown).toString());
  }

  /** Content with its secrets hidden: JSON, XML, forms, and the plain prints of maps. */
  String hidden(String content) {
    return hiddenParameters(hiddenElements(hiddenMembers(content)));
  }

  private String hiddenMembers(String content) {
    Matcher member = MEMBER.matcher(content);
    Matcher quote = QUOTE.matcher(content);
    Matcher value = VALUE.matcher(content);
    StringBuilder shown = new StringBuilder();
    int done = 0;
    while (member.find()) {
      if (member.start() >= done && isSecret(member.group(2))) {
        int end = -1;
        if (quote.region(member.end(), content.length()).lookingAt()) {
          end = endOfText(content, quote.end(), quote.group(1).length());
        } else if (value.region(member.end(), content.length()).lookingAt()) {
          end = value.end();
        }
        if (end >= 0) {
          String opening = member.group(1) + '"';
          shown.append(content, done, member.end()).append(opening).append("*****").append(opening);
          done = end;
        }
      }
    }
    return shown.append(content, done, content.length()).toString();
  }

  /**
   * Where a text of JSON ends, or the text that it stands in; or all of it where it is cut off.
   *
   * @param from behind its first quote
   * @param escapes before that
   */
  private static int endOfText(String content, int from, int escapes) {
    int before = 0;
    for (int i = from; i < content.length(); i++) {
      char c = content.charAt(i);
      if (c == '"' && before < escapes) {
        return i - before;
      }
      if (c == '"' && before % (2 * (escapes + 1)) == escapes) {
        return i + 1;
      }
      before = c == '\\' ? before + 1 : 0;
    }
    return content.length();
  }

  private String hiddenElements(String content) {
    Matcher element = ELEMENT.matcher(content);
    StringBuilder shown = new StringBuilder();
    int done = 0;
    while (element.find()) {
      if (isSecret(element.group(1)) && !element.group(2).isBlank()) {
        shown.append(content, done, element.start(2)).append("*****");
        done = element.end();
      }
    }
    return shown.append(content, done, content.length()).toString();
  }

  private String hiddenValues(String text) {
    String shown = text;
    for (String value : values) {
      if (shown.contains(value)) {
        shown = shown.replace(value, masked(value));
      }
    }
    return shown;
  }

  /** The word of an authentication scheme stays. */
  private static String hiddenValue(String value) {
    Matcher scheme = SCHEME.matcher(value);
    return scheme.lookingAt()
        ? scheme.group(1) + " " + masked(value.substring(scheme.end()))
        : masked(value);
  }

  /** One that is short is not shown at all. */
  static String masked(String secret) {
    return secret.isEmpty()
        ? ""
        : "*****" + (secret.length() > 2 * SHOWN ? secret.substring(secret.length() - SHOWN) : "");
  }

  /** What a value is known again by, and nobody reads it from. */
  static String digest(String value) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Names in lower case. */
  static Set<String> lower(List<String> names) {
    Set<String> lower = new HashSet<>();
    names.forEach(name -> lower.add(name.toLowerCase(Locale.ROOT)));
    return lower;
  }
}
