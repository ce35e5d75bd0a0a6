package io.portico.gateway.control.protocol;

import io.portico.gateway.http.HttpRequest;
import java.net.Inet6Address;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The host names that the control plane answers to, and so what keeps web pages out of it. Requests
 * need no signature, so a page in a browser on the same machine could otherwise change everything:
 * by sending requests to another site than its own, by having its own name resolve to the gateway's
 * address (DNS rebinding), which lets it read the answers too, or by being the page of a backend
 * that an API or a function URL hands out at the gateway's own address.
 *
 * <p>Against the first and the last, a browser's own word is taken that a page sends a request;
 * AWS's clients send none of it, and Portico has no pages of its own. Against the second, a name is
 * refused unless a stranger cannot point it here: an address is no name, {@code localhost} is
 * resolved without DNS, and AWS's domains are AWS's.
 *
 * <p>A signature changes nothing, as it is not verified.
 */
public final class ControlHosts {
  /** A host, in brackets where it is an IPv6 address, and a port; what {@code Host} may hold. */
  private static final String AUTHORITY = "(\\[[0-9A-Fa-f:.]+]|[0-9A-Za-z._-]+)(?::([0-9]{0,5}))?";

  private static final Pattern HOST = Pattern.compile(AUTHORITY);

  private static final Pattern IPV4 =
      Pattern.compile("((25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])(\\.(?!$)|$)){4}");

  /**
   * Domains of AWS's endpoints, for clients that reach the gateway by a proxy or a hosts file; see
   * <a href="https://docs.aws.amazon.com/general/latest/gr/rande.html">AWS service endpoints</a>.
   */
  private static final List<String> AWS_DOMAINS =
      List.of(".amazonaws.com", ".amazonaws.com.cn", ".api.aws");

  /** Of no page at all: an address typed in. */
  private static final String NO_SITE = "none";

  private final Set<String> names;

  /**
   * @param names allowed besides those that always are; without a port, in any casing
   */
  public ControlHosts(Collection<String> names) {
    this.names =
        names.stream().map(ControlHosts::canonical).collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Lets a request pass, unless a web page may have sent it.
   *
   * @throws ServiceException if one may
   */
  public void check(HttpRequest request) {
    // Without a Host there is no name to mistake; no browser sends such a request.
    Matcher host = HOST.matcher(request.host());
    boolean named = host.matches();
    if (!request.host().isEmpty() && !(named && allows(canonical(host.group(1))))) {
      throw refused(
          "The control plane does not answer to the host name %s, so that no web page reaches it by"
                  .formatted(named ? host.group(1) : "of this request")
              + " DNS rebinding. Use localhost or an IP address, or list the name in control-hosts"
              + " of the configuration (PORTICO_CONTROL_HOSTS).");
    }
    if (request.headers().contains("Origin")) {
      throw refusedPage("the Origin header");
    }
    for (String site : request.headers().all("Sec-Fetch-Site")) {
      if (!site.equals(NO_SITE)) {
        throw refusedPage("a Sec-Fetch-Site header that is not none");
      }
    }
  }

  private static ServiceException refusedPage(String sign) {
    return refused(
        "The control plane takes no requests from web pages, the gateway's own address included, and "
            + sign
            + " is of one. Send the request from outside of a browser, such as with the AWS CLI or an"
            + " AWS SDK.");
  }

  private boolean allows(String host) {
    return keeps(host) || host.endsWith(".localhost");
  }

  /**
   * Whether a name stays the control plane's, so that no custom domain name can be it: by one,
   * calls of APIs would be told from calls of the control plane.
   *
   * @param host in lower case; one with an asterisk for its first label is kept where it would
   *     stand for an address
   */
  public boolean keeps(String host) {
    return host.equals("localhost")
        || isAddress(host.startsWith("*.") ? "0" + host.substring(1) : host)
        || AWS_DOMAINS.stream().anyMatch(host::endsWith)
        || names.contains(host);
  }

  private static boolean isAddress(String host) {
    if (!host.startsWith("[")) {
      return IPV4.matcher(host).matches();
    }
    try {
      Inet6Address.ofLiteral(host.substring(1, host.length() - 1));
      return true;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  /** Names compare without casing, and without the dot that may end a full one. */
  private static String canonical(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }

  /** In the shape in which AWS refuses a caller without permission; inferred, not recorded. */
  private static ServiceException refused(String message) {
    return new ServiceException("AccessDeniedException", 403, message);
  }
}
