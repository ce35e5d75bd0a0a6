package io.portico.gateway.compile;

import io.portico.gateway.http.ClientIdentity;
import io.portico.gateway.http.UpstreamRequest.Origin;
import io.portico.gateway.snapshot.UriTemplate;
import io.portico.gateway.snapshot.UriTemplate.Part;
import io.portico.gateway.snapshot.UriTemplate.Text;
import io.portico.gateway.snapshot.UriTemplate.Variable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An HTTP integration's {@code uri}, taken apart: where to connect, and path and query with their
 * variables.
 */
public record BackendAddress(Origin origin, UriTemplate path, UriTemplate query) {
  private static final Pattern ADDRESS =
      Pattern.compile("(?is)(https?)://([^/?#]*)([^?#]*)(?:\\?([^#]*))?(?:#.*)?");
  private static final Pattern AUTHORITY =
      Pattern.compile("(\\[[0-9A-Fa-f:.]+\\]|[A-Za-z0-9._-]+)(?::([0-9]{1,5}))?");
  private static final Pattern VARIABLE = Pattern.compile("\\{([A-Za-z0-9._-]+)\\}");

  /** RFC 3986: what may stand in a path or query as it is; everything else is encoded. */
  private static final String PLAIN = "-._~!$&'()*+,;=:@/?%[]";

  /** The same address, whose backend is shown who calls it. */
  public BackendAddress calledBy(ClientIdentity identity) {
    return origin.tls()
        ? new BackendAddress(
            new Origin(true, origin.host(), origin.port(), origin.verifyTls(), identity),
            path,
            query)
        : this;
  }

  /**
   * Takes an address apart.
   *
   * @param uri with stage variables and path variables
   */
  public static BackendAddress of(String uri, StageVariables variables, boolean verifyTls)
      throws UnusableException {
    Matcher address = ADDRESS.matcher(variables.resolve(uri));
    if (!address.matches()) {
      throw new UnusableException("the integration's uri is not an http or https address: " + uri);
    }
    String authority = address.group(2);
    // AWS: an undefined variable in the host fails the call; source: recorded, facts REQ-14.
    if (authority.indexOf(StageVariables.UNDEFINED) >= 0) {
      throw new UnusableException("a stage variable in the host is not defined: " + uri);
    }
    String query = address.group(4);
    return new BackendAddress(
        origin(address.group(1), authority, verifyTls, uri),
        template(address.group(3).isEmpty() ? "/" : address.group(3)),
        template(query == null ? "" : query));
  }

  private static Origin origin(String scheme, String authority, boolean verifyTls, String uri)
      throws UnusableException {
    Matcher parts = AUTHORITY.matcher(authority);
    boolean tls = scheme.toLowerCase(Locale.ROOT).equals("https");
    int port = !parts.matches() ? 0 : parts.group(2) == null ? (tls ? 443 : 80) : port(parts);
    if (port < 1 || port > 65_535) {
      throw new UnusableException("the integration's uri has no usable host and port: " + uri);
    }
    String host = parts.group(1);
    return new Origin(
        tls, host.startsWith("[") ? host.substring(1, host.length() - 1) : host, port, verifyTls);
  }

  private static int port(Matcher parts) {
    return Integer.parseInt(parts.group(2));
  }

  /** Text with variables: what cannot stand in an address is encoded, escapes are kept. */
  static UriTemplate template(String text) {
    String known = text.replace(String.valueOf(StageVariables.UNDEFINED), "");
    List<Part> parts = new ArrayList<>();
    Matcher variable = VARIABLE.matcher(known);
    int end = 0;
    while (variable.find()) {
      addText(parts, known.substring(end, variable.start()));
      parts.add(new Variable(variable.group(1)));
      end = variable.end();
    }
    addText(parts, known.substring(end));
    return new UriTemplate(List.copyOf(parts));
  }

  private static void addText(List<Part> parts, String text) {
    if (!text.isEmpty()) {
      parts.add(new Text(encode(text)));
    }
  }

  private static String encode(String text) {
    StringBuilder encoded = new StringBuilder(text.length());
    for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (octet & 0xff);
      if (c < 128 && (Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0)) {
        encoded.append(c);
      } else {
        encoded.append(String.format(Locale.ROOT, "%%%02X", (int) c));
      }
    }
    return encoded.toString();
  }
}
