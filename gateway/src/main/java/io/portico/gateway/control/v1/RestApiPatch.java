package io.portico.gateway.control.v1;

import static io.portico.gateway.control.patch.PatchEdits.array;
import static io.portico.gateway.control.patch.PatchEdits.listEntry;
import static io.portico.gateway.control.patch.PatchEdits.object;
import static io.portico.gateway.control.patch.PatchEdits.removeFrom;
import static io.portico.gateway.control.patch.PatchEdits.requiredText;
import static io.portico.gateway.control.patch.PatchEdits.set;
import static io.portico.gateway.control.patch.PatchEdits.text;
import static io.portico.gateway.control.patch.PatchEdits.truth;

import io.portico.gateway.control.patch.PatchChange;
import io.portico.gateway.control.patch.PatchEdit;
import io.portico.gateway.control.patch.PatchRefusal;
import io.portico.gateway.control.patch.PatchTable;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.rules.CompressionRules;
import io.portico.gateway.control.rules.EndpointRules;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What UpdateRestApi can change. */
final class RestApiPatch {
  private static final String TYPES_OPS =
      "Invalid patch operation specified. Must be 'add'|'remove'|'replace'";

  static final PatchTable TABLE =
      PatchTable.refusing(PatchRefusal.NAMING_OPS)
          .row("replace", "/name", "the name", requiredText("name", "Name cannot be empty"))
          .row("add replace remove", "/description", "any text; empty unsets", text("description"))
          // AWS: not in its table; source: Alchemy, which changes an API's version by it.
          .row("replace", "/version", "any text; empty unsets", text("version"))
          .row(
              "replace",
              "/apiKeySource",
              "HEADER or AUTHORIZER",
              requiredOneOf("apiKeySource", List.of("HEADER", "AUTHORIZER")))
          .row(
              "add replace remove",
              "/binaryMediaTypes/{type}",
              "replace: the media type that takes its place, at the end",
              listEntry("binaryMediaTypes", "type"))
          .row(
              "replace",
              "/minimumCompressionSize",
              "bytes from 0 to 10485760; empty switches compression off",
              RestApiPatch::minimumCompressionSize)
          .row(
              "replace",
              "/policy",
              "the resource policy, a JSON document; empty unsets",
              text("policy"))
          .row(
              "replace",
              "/disableExecuteApiEndpoint",
              "true; anything else is false",
              truth("disableExecuteApiEndpoint"))
          // AWS: other ops are refused with a text of their own; source: API-15.
          .row(
              "replace",
              "/endpointConfiguration/types/{type}",
              "EDGE, REGIONAL or PRIVATE; {type} is the list's index 0 or the present type",
              RestApiPatch::endpointType,
              TYPES_OPS)
          .row(
              "replace",
              "/endpointConfiguration/ipAddressType",
              "ipv4 or dualstack",
              RestApiPatch::ipAddressType)
          .row(
              "add remove",
              "/endpointConfiguration/vpcEndpointIds",
              "a VPC endpoint's id, of a PRIVATE API",
              change -> vpcEndpointId(change, change.text()))
          // AWS: source: AWS's controller for Kubernetes, which names the id in the path.
          .row(
              "add remove",
              "/endpointConfiguration/vpcEndpointIds/{id}",
              "none; {id} is a VPC endpoint's, of a PRIVATE API",
              change -> vpcEndpointId(change, change.name("id")))
          .row(
              "replace",
              "/securityPolicy",
              "the least TLS version and ciphers of the default endpoint",
              checkedText("securityPolicy", EndpointRules::checkSecurityPolicy))
          .row(
              "replace",
              "/endpointAccessMode",
              "BASIC or STRICT; empty unsets",
              checkedText("endpointAccessMode", EndpointRules::checkAccessMode))
          .build();

  private RestApiPatch() {}

  /** A text that {@code check} takes; replaced by nothing it is unset. */
  private static PatchEdit checkedText(String member, Consumer<String> check) {
    return change -> {
      if (!change.text().isEmpty()) {
        check.accept(change.text());
      }
      set(change.record(), member, change.text());
    };
  }

  private static PatchEdit requiredOneOf(String member, List<String> allowed) {
    return change -> {
      if (!allowed.contains(change.text())) {
        throw ServiceException.badRequest(
            "Invalid " + member + " specified. Valid options are " + String.join(",", allowed));
      }
      change.record().put(member, change.text());
    };
  }

  private static void minimumCompressionSize(PatchChange change) {
    if (change.text().isEmpty()) {
      change.record().remove("minimumCompressionSize");
      return;
    }
    int size = change.integer(CompressionRules.INVALID);
    CompressionRules.checkSize(size);
    change.record().put("minimumCompressionSize", size);
  }

  // AWS: values of patches are checked here, not by the front end; source: API-13, API-14.
  private static void endpointType(PatchChange change) {
    EndpointRules.checkTypes(List.of(change.text()));
    ObjectNode endpoint = object(change.record(), "endpointConfiguration");
    ArrayNode types = array(endpoint, "types");
    String type = change.name("type");
    if (!type.equals("0") && !removeFrom(types.deepCopy(), type)) {
      throw ServiceException.badRequest("Invalid patch path " + change.operation().path());
    }
    types.removeAll();
    types.add(change.text());
    if (change.text().equals(EndpointRules.PRIVATE)) {
      endpoint.put("ipAddressType", EndpointRules.defaultIpAddressType(EndpointRules.PRIVATE));
    }
  }

  private static void ipAddressType(PatchChange change) {
    if (!EndpointRules.IP_ADDRESS_TYPES.contains(change.text())) {
      throw ServiceException.badRequest("ipAddressType must be either ipv4 or dualstack.");
    }
    object(change.record(), "endpointConfiguration").put("ipAddressType", change.text());
  }

  private static void vpcEndpointId(PatchChange change, String id) {
    ObjectNode endpoint = object(change.record(), "endpointConfiguration");
    ArrayNode ids = array(endpoint, "vpcEndpointIds");
    removeFrom(ids, id);
    if (change.adds() && !id.isEmpty()) {
      ids.add(id);
    }
    if (ids.isEmpty()) {
      endpoint.remove("vpcEndpointIds");
    }
  }
}
