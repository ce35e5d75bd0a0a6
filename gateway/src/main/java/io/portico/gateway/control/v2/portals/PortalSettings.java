package io.portico.gateway.control.v2.portals;

import io.portico.gateway.control.patch.PatchEdits;
import io.portico.gateway.control.protocol.Caller;
import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.InputMaps;
import io.portico.gateway.control.protocol.ServiceException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What calls say of portals, put into their trees. How long each text may be the model says.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-portals-create-portal.html">Create
 *     a portal</a>
 */
// AWS: the texts are assumed.
final class PortalSettings {
  private static final Pattern USER_POOL =
      Pattern.compile("arn:aws[a-z-]*:cognito-idp:([a-z0-9-]+):\\d{12}:userpool/[\\w-]+");

  // AWS: source: documented, as above.
  private static final Pattern LOGO = Pattern.compile("s3://[^/]+/.+\\.(svg|png|jpg)");

  private static final Pattern DOMAIN_NAME =
      Pattern.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z0-9-]{1,63}");

  private PortalSettings() {}

  /** Puts each member that was sent in place of the one before. */
  static void apply(Input input, ObjectNode portal, Caller caller, Instant now) {
    Input authorization = input.structureOrNull("authorization");
    if (authorization != null) {
      portal.set("authorization", authorization(authorization, portal, caller));
    }
    Input endpoint = input.structureOrNull("endpointConfiguration");
    if (endpoint != null) {
      endpoint(endpoint, portal);
    }
    Input content = input.structureOrNull("portalContent");
    if (content != null) {
      content(content, portal);
    }
    List<String> products = input.stringsOrNull("includedPortalProductArns");
    if (products != null) {
      ArrayNode included = portal.putArray("includedPortalProductArns");
      products.forEach(included::add);
    }
    text(input, portal, "rumAppMonitorName");
    logo(input.stringOrNull("logoUri"), portal, now);
  }

  private static ObjectNode authorization(Input sent, ObjectNode portal, Caller caller) {
    ObjectNode authorization = portal.objectNode();
    Input cognito = chosen(sent, "cognitoConfig");
    if (cognito == null) {
      return authorization;
    }
    String pool = cognito.string("userPoolArn");
    Matcher arn = USER_POOL.matcher(pool);
    if (!arn.matches()) {
      throw ServiceException.badRequest("Invalid user pool ARN: " + pool);
    }
    // AWS: source: documented, as above.
    if (!arn.group(1).equals(caller.region())) {
      throw ServiceException.badRequest(
          "The user pool %s must be in the region of the portal, %s"
              .formatted(pool, caller.region()));
    }
    ObjectNode stored = authorization.putObject("cognitoConfig");
    for (String member : List.of("appClientId", "userPoolArn", "userPoolDomain")) {
      stored.put(member, cognito.string(member));
    }
    return authorization;
  }

  private static void endpoint(Input sent, ObjectNode portal) {
    Input managed = chosen(sent, "acmManaged");
    if (managed == null) {
      portal.remove("endpointConfiguration");
      return;
    }
    String name = managed.string("domainName");
    if (!DOMAIN_NAME.matcher(name).matches()) {
      throw ServiceException.badRequest("Invalid domain name specified: " + name);
    }
    portal
        .putObject("endpointConfiguration")
        .put("certificateArn", managed.string("certificateArn"))
        .put("domainName", name);
  }

  /** The member of a union that has either it or {@code none}; null for the latter. */
  private static @Nullable Input chosen(Input union, String member) {
    Input chosen = union.structureOrNull(member);
    if ((chosen == null) != union.has("none")) {
      throw ServiceException.badRequest(
          "Exactly one of %s and none must be specified".formatted(member));
    }
    return chosen;
  }

  // AWS: that only it sets the date of the logo is assumed.
  private static void content(Input sent, ObjectNode portal) {
    ObjectNode content = portal.putObject("portalContent");
    content.put("displayName", sent.string("displayName"));
    text(sent, content, "description");
    Input theme = sent.structureOrNull("theme");
    Map<String, String> colors = theme == null ? null : theme.stringMapOrNull("customColors");
    InputMaps.set(content, "customColors", colors);
  }

  /** An empty text unsets. */
  private static void text(Input sent, ObjectNode target, String member) {
    if (sent.has(member)) {
      PatchEdits.set(target, member, sent.string(member));
    }
  }

  private static void logo(@Nullable String uri, ObjectNode portal, Instant now) {
    if (uri == null) {
      return;
    }
    if (uri.isEmpty()) {
      portal.remove(List.of("logoUri", "logoLastUploaded"));
      return;
    }
    if (!LOGO.matcher(uri).matches()) {
      throw ServiceException.badRequest(
          "Invalid logoUri specified. It must be of the form s3://bucket-name/key-name and end with"
              + " .svg, .png or .jpg");
    }
    portal.put("logoUri", uri).put("logoLastUploaded", now.toString());
  }
}
