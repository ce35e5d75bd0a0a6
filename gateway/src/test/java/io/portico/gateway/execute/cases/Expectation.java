package io.portico.gateway.execute.cases;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text in which some pieces are only described: {@code <uuid>} stands for any UUID. */
final class Expectation {
  private static final Map<String, String> KINDS =
      Map.of(
          "any", ".*",
          "uuid", "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}",
          "apigw-id", "[A-Za-z0-9_-]{15}=",
          "cf-id", "[A-Za-z0-9_-]{54}==",
          "cloudfront", "1\\.1 [0-9a-f]{32}\\.cloudfront\\.net \\(CloudFront\\)",
          "root", "Root=1-[0-9a-f]{8}-[0-9a-f]{24}",
          "parent", "Parent=[0-9a-f]{16}",
          "number", "[0-9]+",
          "date", "[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9]{2}:[0-9]{2}:[0-9]{2} GMT",
          "time", "[0-9]{2}/[A-Z][a-z]{2}/[0-9]{4}:[0-9]{2}:[0-9]{2}:[0-9]{2} \\+0000");
  private static final Pattern KIND = Pattern.compile("<([a-z-]+)>");

  private Expectation() {}

  static Pattern pattern(String text) {
    StringBuilder pattern = new StringBuilder();
    Matcher kind = KIND.matcher(text);
    int end = 0;
    while (kind.find()) {
      String described = KINDS.get(kind.group(1));
      if (described != null) {
        pattern.append(Pattern.quote(text.substring(end, kind.start()))).append(described);
        end = kind.end();
      }
    }
    return Pattern.compile(
        pattern.append(Pattern.quote(text.substring(end))).toString(), Pattern.DOTALL);
  }
}
