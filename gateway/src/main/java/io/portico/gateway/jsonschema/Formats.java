package io.portico.gateway.jsonschema;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaContext;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.format.Format;
import com.networknt.schema.keyword.AbstractKeywordValidator;
import com.networknt.schema.keyword.FormatKeyword;
import com.networknt.schema.keyword.KeywordValidator;
import com.networknt.schema.path.NodePath;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Draft-04 with the keywords that the draft has, and with the formats of strings that AWS's
 * validator knows: those of the draft and a few of its own. Others, such as {@code date}, make
 * nothing invalid.
 *
 * <p>AWS: an unknown format is not judged; source: second-hand, responses of AWS that users have
 * published. Which are known is assumed, they are those of the library.
 */
final class Formats {
  /** Digests in hexadecimal, and how many characters they have. */
  static final Map<String, Integer> DIGESTS =
      Map.of("md5", 32, "sha1", 40, "sha256", 64, "sha512", 128);

  /** Those of the library's own that the evaluating one knows as well. */
  private static final Set<String> SHARED =
      Set.of(
          "date-time", "email", "hostname", "ipv4", "ipv6", "json-pointer", "regex", "uri", "uuid");

  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]*={0,2}");

  static final Dialect DRAFT_4 =
      Dialect.builder(Dialects.getDraft4())
          .keywords(keywords -> keywords.keySet().removeAll(Set.of("exampleSetFlag", "notAllowed")))
          .formats(Formats::leaveKnown)
          .formatKeywordFactory(KnownFormats::new)
          .build();

  private Formats() {}

  private static void leaveKnown(Map<String, Format> formats) {
    formats.keySet().retainAll(SHARED);
    add(formats, "base64", Formats::isBase64);
    add(formats, "mac", Pattern.compile("[0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){5}").asMatchPredicate());
    DIGESTS.forEach(
        (name, length) ->
            add(formats, name, Pattern.compile("[0-9A-Fa-f]{" + length + "}").asMatchPredicate()));
  }

  private static void add(Map<String, Format> formats, String name, Predicate<String> spelling) {
    formats.put(name, new Spelled(name, spelling));
  }

  private static boolean isBase64(String value) {
    return value.length() % 4 == 0 && BASE64.matcher(value).matches();
  }

  private record Spelled(String name, Predicate<String> spelling) implements Format {
    @Override
    public String getName() {
      return name;
    }

    @Override
    public boolean matches(ExecutionContext context, String value) {
      return spelling.test(value);
    }
  }

  private static final class KnownFormats extends FormatKeyword {
    private final Set<String> known;

    KnownFormats(Map<String, Format> formats) {
      super(formats);
      this.known = Set.copyOf(formats.keySet());
    }

    @Override
    public KeywordValidator newValidator(
        SchemaLocation location, JsonNode rule, Schema schema, SchemaContext context) {
      return rule.isString() && !known.contains(rule.stringValue())
          ? new Unknown(rule, location)
          : super.newValidator(location, rule, schema, context);
    }
  }

  private static final class Unknown extends AbstractKeywordValidator {
    Unknown(JsonNode rule, SchemaLocation location) {
      super("format", rule, location);
    }

    @Override
    public void validate(
        ExecutionContext context, JsonNode value, JsonNode root, NodePath location) {
      ((Evaluation) context).unknownFormat(schemaNode.stringValue(), location);
    }
  }
}
