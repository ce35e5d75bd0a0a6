package io.portico.gateway.control.v1;

import io.portico.gateway.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Values for members of v1's operations, mostly such as mean something: ids of what is there, paths
 * of patches, methods, mapping expressions. And now and then a wrong one.
 */
final class PlausibleValues {
  private static final int IDS_KEPT = 8;
  private static final String CLIENT_CERTIFICATE = "ClientCertificate";
  private static final Pattern ID = Pattern.compile("\"(?:id|clientCertificateId)\":\"([^\"]+)\"");
  private static final Pattern PATCH_PATH = Pattern.compile("^\\| `(/[^`]*)` \\| ([a-z, ]+) \\|.*");
  private static final Pattern NAME = Pattern.compile("(\\w*)/\\{[^}]*}");
  private final Random random;
  private final Map<String, List<Change>> changes = new HashMap<>();
  private @Nullable Change change;
  private final Map<String, List<String>> ids = new HashMap<>();
  private final List<Target> methods = new ArrayList<>();
  private @Nullable Target target;
  private final PlausibleDomains domains;
  private PlausibleDomains.@Nullable Known domain;

  /** A path that an Update operation takes, with what it takes there. */
  private record Change(String path, List<String> ops) {}

  /** A method that was there when the API was made. */
  private record Target(String resourceId, String httpMethod) {}

  PlausibleValues(Random random) throws IOException {
    this.random = random;
    this.domains = new PlausibleDomains(random);
    String operation = "";
    for (String line : Files.readAllLines(Path.of("../docs/patch-operations.md"))) {
      if (line.startsWith("## ")) {
        operation = line.substring(3).strip();
      }
      Matcher path = PATCH_PATH.matcher(line);
      if (path.matches()) {
        changes
            .computeIfAbsent(operation, name -> new ArrayList<>())
            .add(new Change(path.group(1), List.of(path.group(2).split(", ", -1))));
      }
    }
    if (changes.isEmpty()) {
      throw new IOException("no paths of patches found");
    }
  }

  /** Chooses what the next call is about: a method that was there, more often than not. */
  void aim() {
    target = random.nextInt(4) == 0 ? null : one(methods);
    domain = domains.next();
  }

  /** A text for a member, or null where any will do. */
  @Nullable String next(String operation, String member) {
    if (member.endsWith(".integer")) {
      List<String> numbers = PlausibleTexts.BY_MEMBER.get(member);
      return numbers == null ? null : one(numbers);
    }
    if (random.nextInt(25) == 0) {
      return random.nextInt(4) == 0 ? null : one(PlausibleTexts.ANY);
    }
    List<Change> known = changes.get(operation);
    if (known != null && member.equals("op")) {
      change = one(known);
      return one(change.ops());
    }
    if (known != null && member.equals("path")) {
      Change wanted = change == null ? one(known) : change;
      change = null;
      return filled(operation, wanted.path());
    }
    if (target != null && member.equals("resourceId")) {
      return target.resourceId();
    }
    if (target != null && member.equals("httpMethod") && !operation.equals("PutMethod")) {
      return target.httpMethod();
    }
    if (target != null && member.equals("statusCode") && !operation.equals("PutMethodResponse")) {
      return "200";
    }
    String ofDomain = domains.text(operation, member, domain);
    if (ofDomain != null) {
      return ofDomain;
    }
    String kind =
        switch (member) {
          case "restApiId", "cloneFrom", "apiId" -> "RestApi";
          case "apiKey", "keyId" -> "ApiKey";
          case "usagePlanId" -> "UsagePlan";
          case "resourceId", "parentId" -> "Resource";
          case "deploymentId" -> "Deployment";
          case "authorizerId" -> "Authorizer";
          case "vpcLinkId", "connectionId" -> "VpcLink";
          case "clientCertificateId" -> CLIENT_CERTIFICATE;
          case "documentationPartId" -> "DocumentationPart";
          default -> member;
        };
    if (member.equals("resourceArn") && ids.containsKey("RestApi")) {
      String arn = "arn:aws:apigateway:eu-west-1::/";
      return switch (random.nextInt(8)) {
        case 0 -> arn + "apikeys/" + one(ids.getOrDefault("ApiKey", List.of("x")));
        case 1 -> arn + "usageplans/" + one(ids.getOrDefault("UsagePlan", List.of("x")));
        case 2 -> arn + "vpclinks/" + one(ids.getOrDefault("VpcLink", List.of("x")));
        case 3 ->
            arn + "clientcertificates/" + one(ids.getOrDefault(CLIENT_CERTIFICATE, List.of("x")));
        default -> arn + "restapis/" + one(ids.get("RestApi"));
      };
    }
    if (ids.containsKey(kind)) {
      return one(ids.get(kind));
    }
    if (member.equals("value") && random.nextInt(6) == 0) {
      return one(PlausibleTexts.ANY);
    }
    return ofAnApi(one(choices(operation, member)));
  }

  /** {@code API} stands for an API's id. */
  private String ofAnApi(String text) {
    return ids.containsKey("RestApi")
        ? text.replace("API:", one(ids.get("RestApi")) + ":")
            .replace("API/", one(ids.get("RestApi")) + "/")
        : text;
  }

  private static List<String> choices(String operation, String member) {
    List<String> choices = PlausibleTexts.BY_MEMBER.get(operation + "." + member);
    return choices == null
        ? PlausibleTexts.BY_MEMBER.getOrDefault(
            member, member.endsWith(".key") ? PlausibleTexts.KEYS : PlausibleTexts.ANY)
        : choices;
  }

  /**
   * What an Update operation takes, a change at a time: for each path and op one whose value is
   * replaced, and where the path has a name, one whose name is.
   *
   * @param replacement of the value or the name
   */
  List<ObjectNode> changes(String operation, String replacement) {
    List<ObjectNode> all = new ArrayList<>();
    for (Change known : changes.getOrDefault(operation, List.of())) {
      String path = filled(operation, known.path());
      for (String op : known.ops()) {
        all.add(Json.object().put("op", op).put("path", path).put("value", replacement));
      }
      String named = NAME.matcher(known.path()).replaceFirst("$1/" + replacement);
      if (!named.equals(known.path())) {
        String value = one(choices(operation, "value"));
        String op = known.ops().getFirst();
        all.add(
            Json.object()
                .put("op", op)
                .put("path", filled(operation, named))
                .put("value", ofAnApi(value)));
      }
    }
    return all;
  }

  private String filled(String operation, String template) {
    return NAME.matcher(template)
        .replaceAll(
            name -> {
              String key = ofAnApi(one(choices(operation, name.group(1) + ".key")));
              return Matcher.quoteReplacement(
                  name.group(1) + "/" + key.replace("~", "~0").replace("/", "~1"));
            });
  }

  /** Makes an API with methods, integrations and a stage, on which later calls work. */
  void startAnew(TestControlPlane plane) {
    // A certificate takes its time: those of the account go on being there.
    ids.keySet().retainAll(List.of(CLIENT_CERTIFICATE));
    if (!ids.containsKey(CLIENT_CERTIFICATE)) {
      ObjectNode certificate = plane.call("GenerateClientCertificate", Json.object());
      learn("GenerateClientCertificate", Json.text(certificate));
    }
    ObjectNode document = Json.object();
    document.put("body", PlausibleTexts.DOCUMENT.getBytes(StandardCharsets.UTF_8));
    String api = plane.call("ImportRestApi", document).get("id").asString();
    ids.put("RestApi", new ArrayList<>(List.of(api)));
    ObjectNode stage = Json.object().put("restApiId", api).put("stageName", "prod");
    learn("CreateDeployment", Json.text(plane.call("CreateDeployment", stage)));
    learn("CreateApiKey", Json.text(plane.call("CreateApiKey", Json.object().put("name", "k"))));
    learn("CreateUsagePlan", Json.text(plane.call("CreateUsagePlan", usagePlan(api))));
    learn("CreateAuthorizer", Json.text(plane.call("CreateAuthorizer", authorizer(api))));
    learn("CreateVpcLink", Json.text(plane.call("CreateVpcLink", vpcLink())));
    ObjectNode metered = Json.object().put("name", "metered");
    metered.putObject("quota").put("limit", 9).put("period", "DAY");
    learn("CreateUsagePlan", Json.text(plane.call("CreateUsagePlan", metered)));
    plane.call(
        "CreateUsagePlanKey",
        Json.object()
            .put("usagePlanId", one(ids.getOrDefault("UsagePlan", List.of())))
            .put("keyId", one(ids.getOrDefault("ApiKey", List.of())))
            .put("keyType", "API_KEY"));
    ObjectNode part = Json.object().put("restApiId", api).put("properties", "{}");
    part.putObject("location").put("type", "RESOURCE");
    learn("CreateDocumentationPart", Json.text(plane.call("CreateDocumentationPart", part)));
    ObjectNode version = Json.object().put("restApiId", api).put("documentationVersion", "1.0");
    plane.call("CreateDocumentationVersion", version);
    domains.startAnew(plane);
    ObjectNode withMethods = Json.object().put("restApiId", api);
    withMethods.putArray("embed").add("methods");
    ObjectNode resources = plane.call("GetResources", withMethods);
    learn("GetResources", Json.text(resources));
    methods.clear();
    for (JsonNode resource : resources.get("item")) {
      for (JsonNode method : resource.path("resourceMethods")) {
        methods.add(new Target(resource.get("id").asString(), method.get("httpMethod").asString()));
        String validator = method.get("requestValidatorId").asString();
        ids.put("requestValidatorId", new ArrayList<>(List.of(validator)));
      }
    }
    // One that no method uses.
    ObjectNode unused = Json.object().put("restApiId", api).put("name", "unused");
    learn("CreateRequestValidator", Json.text(plane.call("CreateRequestValidator", unused)));
  }

  private static ObjectNode authorizer(String api) {
    return Json.object()
        .put("restApiId", api)
        .put("name", "first")
        .put("type", "TOKEN")
        .put("authorizerUri", PlausibleTexts.FUNCTION)
        .put("identitySource", "method.request.header.a");
  }

  private static ObjectNode vpcLink() {
    ObjectNode link = Json.object().put("name", "link");
    link.putArray("targetArns").add(PlausibleTexts.LOAD_BALANCER);
    return link;
  }

  private static ObjectNode usagePlan(String api) {
    ObjectNode plan = Json.object().put("name", "plan");
    plan.putArray("apiStages").addObject().put("apiId", api).put("stage", "prod");
    plan.putObject("quota").put("limit", 9).put("period", "MONTH");
    return plan;
  }

  /** Ids that an answer names are those of later calls. */
  void learn(String operation, String answer) {
    domains.learn(operation, answer);
    String kind =
        switch (operation) {
          case "CreateDeployment", "GetDeployments" -> "Deployment";
          case "CreateResource", "GetResources" -> "Resource";
          case "CreateDocumentationPart", "GetDocumentationParts" -> "DocumentationPart";
          case "CreateApiKey", "GetApiKeys" -> "ApiKey";
          case "CreateUsagePlan", "GetUsagePlans" -> "UsagePlan";
          case "CreateRequestValidator", "GetRequestValidators" -> "requestValidatorId";
          case "CreateAuthorizer" -> "Authorizer";
          case "CreateVpcLink" -> "VpcLink";
          case "GenerateClientCertificate" -> CLIENT_CERTIFICATE;
          default -> "";
        };
    Matcher id = ID.matcher(answer);
    while (!kind.isEmpty() && id.find()) {
      List<String> known = ids.computeIfAbsent(kind, name -> new ArrayList<>());
      known.remove(id.group(1));
      known.add(id.group(1));
      // The first ones have methods.
      if (known.size() > IDS_KEPT) {
        known.remove(IDS_KEPT / 2);
      }
    }
  }

  private <T> T one(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
