package io.portico.gateway.http;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an {@code Accept-Encoding} field asks for.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#name-accept-encoding">RFC 9110,
 *     Accept-Encoding</a>
 */
public final class AcceptEncoding {
  private static final String ANY = "*";
  private static final String IDENTITY = "identity";

  /** A coding and its weight; nothing else may stand behind a coding. */
  private static final Pattern ELEMENT =
      Pattern.compile("([^\\s;]+)(?:\\s*;\\s*[qQ]=(0(?:\\.\\d{0,3})?|1(?:\\.0{0,3})?))?");

  private AcceptEncoding() {}

  /**
   * The coding that is asked for before all others, or null where it is none of ours: then the
   * content stays as it is. Of equals the first is meant; an element that is malformed is not.
   *
   * <p>AWS: where what has the highest weight is not supported, nothing is compressed; source:
   * documented,
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-enable-compression.html.
   * So it is with {@code *}, but where the content as it is was refused, which is inferred.
   *
   * @param fields all of them, in order
   */
  public static @Nullable ContentCoding preferred(List<String> fields) {
    String first = "";
    double highest = 0;
    boolean plainRefused = false;
    for (String field : fields) {
      for (String element : field.split(",", -1)) {
        Matcher matcher = ELEMENT.matcher(element.strip());
        if (!matcher.matches()) {
          continue;
        }
        double weight = matcher.group(2) == null ? 1 : Double.parseDouble(matcher.group(2));
        String coding = matcher.group(1).toLowerCase(Locale.ROOT);
        plainRefused |= weight == 0 && coding.equals(IDENTITY);
        if (weight > highest) {
          highest = weight;
          first = coding;
        }
      }
    }
    return first.equals(ANY) && plainRefused ? ContentCoding.GZIP : ContentCoding.of(first);
  }
}
