package io.portico.gateway.execute.explain;

import io.portico.gateway.execute.CanonicalPath;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.QueryString;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
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
  /** What stands in the place of one that is not shown at all. */
  static final String HIDDEN = "*****";

  /** Stands where a text was cut. */
  static final char CUT = '…';

  /** What a character is read as of which bytes are missing. */
  private static final char HALF_A_CHARACTER = '\uFFFD';

  /** Characters of names that are looked at. */
  static final int LONGEST_NAME = 256;

  private static final int SHOWN = 6;

  /** A shorter value is likely to stand somewhere by chance. */
  private static final int SHORTEST = 6;

  /** The same of one that a content has: what is named like a secret may be a plain word. */
  private static final int SHORTEST_FOUND = 12;

  /** So many of contents are known again elsewhere, whatever contents hold. */
  private static final int MOST_FOUND = 64;

  /** Parts of names, without what stands between words. */
  private static final Pattern NAME =
      Pattern.compile(
          "authorization|password|passwd|passcode|passphrase|pwd|secret|token|apikey|identifierkey"
              + "|cookie|signature|credential|session|sessid|assertion|privatekey|accesskey|authkey"
              + "|subscriptionkey|functionskey|jwt|bearer|csrf|xsrf|cardnumber|samlresponse"
              + "|^x?auth$|^pass$|^pin$|^otp$|^cvv2?$|^cvc2?$");

  private static final Pattern BETWEEN_WORDS = Pattern.compile("[-_. ]");

  /** What is a secret in a query, and a plain word in a content. */
  private static final Set<String> OF_QUERIES = Set.of("key", "code", "sig");

  /** Behind the word of its scheme the rest is secret. */
  private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9-]{0,31}) +(?=\\S)");

  private final Set<String> names;

  /** The longest first: what has another in it is hidden as a whole. */
  private final Set<String> values =
      new TreeSet<>(
          Comparator.comparingInt(String::length)
              .reversed()
              .thenComparing(Comparator.naturalOrder()));

  /** Those of them that only the query has. */
  private final Set<String> ofQuery = new HashSet<>();

  private int found;

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
    String last = last(lower);
    return isNamed(lower) || (!last.equals(lower) && isNamed(last));
  }

  private boolean isNamed(String lower) {
    return names.contains(lower)
        || NAME.matcher(BETWEEN_WORDS.matcher(lower).replaceAll("")).find();
  }

  /** What one thing is called in another: {@code user[pin]}, {@code login.pin}, {@code n:pin}. */
  private static String last(String name) {
    String of = name.endsWith("[]") ? name.substring(0, name.length() - 2) : name;
    int before = Math.max(of.lastIndexOf('['), Math.max(of.lastIndexOf('.'), of.lastIndexOf(':')));
    return before < 0
        ? of
        : of.substring(before + 1, of.endsWith("]") ? of.length() - 1 : of.length());
  }

  /** Whether a parameter of this name is, of a query or a form. */
  boolean isSecretParameter(String name) {
    return isSecret(name) || OF_QUERIES.contains(name.toLowerCase(Locale.ROOT));
  }

  /** Takes a value as secret wherever it stands. */
  void add(@Nullable String value) {
    if (value != null && value.length() >= SHORTEST) {
      values.add(value);
      ofQuery.remove(value);
    }
  }

  /** The same of one that whoever calls may choose at will. */
  private void addOfQuery(String value) {
    if (value.length() >= SHORTEST && values.add(value)) {
      ofQuery.add(value);
    }
  }

  /** Takes a value as secret that a content has under the name of one. */
  void found(String value) {
    if (value.length() >= SHORTEST_FOUND && !value.startsWith(HIDDEN) && found < MOST_FOUND) {
      found++;
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
          learn(scheme.group(1), field.value().substring(scheme.end()));
        }
        learnCookies(field);
      }
    }
    if (query != null) {
      for (String pair : query.split("&", -1)) {
        int equals = pair.indexOf('=');
        // What a backend or a function is told of it is decoded.
        new QueryString(pair)
            .asMap()
            .forEach(
                (name, all) -> {
                  if (isSecretParameter(name)) {
                    addOfQuery(pair.substring(equals + 1));
                    all.forEach(this::addOfQuery);
                  }
                });
      }
    }
  }

  /**
   * Learns the secrets among the parameters of a path.
   *
   * @param parameters by name, not decoded
   */
  void learnPath(Map<?, ?> parameters) {
    parameters.forEach(
        (name, value) -> {
          if (isSecret(String.valueOf(name))) {
            String decoded = CanonicalPath.decoded(String.valueOf(value));
            add(String.valueOf(value));
            add(decoded);
            add(URLEncoder.encode(decoded, StandardCharsets.UTF_8).replace("+", "%20"));
          }
        });
  }

  private void learn(String scheme, String credentials) {
    add(credentials);
    if (scheme.equalsIgnoreCase("Basic")) {
      try {
        String pair =
            new String(Base64.getDecoder().decode(credentials.strip()), StandardCharsets.UTF_8);
        add(pair.substring(pair.indexOf(':') + 1));
      } catch (IllegalArgumentException _) {
        // Whatever it is, no password can be read from it.
        add(credentials.strip());
      }
    }
  }

  private void learnCookies(Headers.Field field) {
    if (field.name().equalsIgnoreCase("Cookie")) {
      for (String cookie : field.value().split(";", -1)) {
        String value = cookie.substring(cookie.indexOf('=') + 1).strip();
        if (value.length() >= SHORTEST_FOUND) {
          add(value);
        }
      }
    }
  }

  /** Headers with their secrets hidden. */
  Headers hidden(Headers headers) {
    Headers.Builder shown = Headers.builder();
    for (Headers.Field field : headers) {
      shown.addChecked(
          field.name(),
          isSecret(field.name()) ? hiddenValue(field.value()) : hiddenParameters(field.value()));
    }
    return shown.build();
  }

  /** A request target, or any text with parameters in it, with their secrets hidden. */
  String hiddenParameters(String text) {
    return hiddenValues(SecretParameters.hidden(text, this));
  }

  /** Content with its secrets hidden: JSON, XML, forms of both kinds, and plain prints of maps. */
  String hidden(String content) {
    return hiddenValues(hiddenNamed(content, false));
  }

  /** The beginning of a content: it may end within a secret that is known. */
  String hiddenBeginning(String content) {
    return withoutCut(hiddenValues(hiddenNamed(content, true)));
  }

  /**
   * Words of the gateway's own, in which texts of the request may stand, cut to a beginning and
   * {@link #CUT}. A query does not change them: it may have any of their words as a value.
   */
  String hiddenWords(String words) {
    String shown = hiddenNamed(words, false);
    for (String value : values) {
      if (!ofQuery.contains(value)) {
        shown = shown.replace(value, masked(value));
      }
    }
    StringBuilder uncut = new StringBuilder();
    int from = 0;
    for (int cut = shown.indexOf(CUT); cut >= 0; cut = shown.indexOf(CUT, from)) {
      uncut.append(withoutCut(shown.substring(from, cut))).append(CUT);
      from = cut + 1;
    }
    return uncut.append(shown, from, shown.length()).toString();
  }

  private String hiddenNamed(String content, boolean cut) {
    String parts = SecretParts.hidden(SecretEscapes.undone(content), this);
    String members = SecretMembers.hidden(parts, this);
    String literals = SecretLiterals.hidden(members, this);
    return SecretParameters.hidden(SecretElements.hidden(literals, cut, this), this);
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

  /** What a text has at its end of a secret that was cut there is hidden as well. */
  private String withoutCut(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == HALF_A_CHARACTER) {
      end--;
    }
    int longest = 0;
    for (String value : values) {
      longest = Math.max(longest, CutValue.length(text, end, value));
    }
    return longest < SHORTEST ? text : text.substring(0, end - longest) + HIDDEN;
  }

  /** The word of an authentication scheme stays. */
  private static String hiddenValue(String value) {
    Matcher scheme = SCHEME.matcher(value);
    return scheme.lookingAt()
        ? scheme.group(1) + " " + masked(value.substring(scheme.end()))
        : masked(value);
  }

  /** One that is short is not shown at all; one that is hidden already stays so. */
  static String masked(String secret) {
    if (secret.isEmpty()
        || (secret.startsWith(HIDDEN) && secret.length() <= HIDDEN.length() + SHOWN)) {
      return secret;
    }
    return HIDDEN + (secret.length() > 2 * SHOWN ? secret.substring(secret.length() - SHOWN) : "");
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
