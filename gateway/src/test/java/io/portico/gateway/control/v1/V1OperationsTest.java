package io.portico.gateway.control.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portico.gateway.control.Publisher;
import io.portico.gateway.control.RecordTypes;
import io.portico.gateway.control.protocol.Caller;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.json.Json;
import io.portico.gateway.model.ApiDefinition;
import io.portico.gateway.model.ApiKeyRecord;
import io.portico.gateway.model.DeploymentRecord;
import io.portico.gateway.model.ModelRecord;
import io.portico.gateway.model.ResourceRecord;
import io.portico.gateway.store.RecordWriter;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** What no reply shows: isolation, what is stored, and what a refusal leaves behind. */
class V1OperationsTest {
  private static final Caller OTHER_REGION = new Caller("111122223333", "us-east-1", null);
  private static final Caller OTHER_ACCOUNT = new Caller("444455556666", "eu-west-1", null);

  private final TestControlPlane plane = new TestControlPlane();

  @Test
  void anApiOfAnotherRegionOrAccountIsNotThere() {
    String api = createApi("one");

    for (Caller stranger : List.of(OTHER_REGION, OTHER_ACCOUNT)) {
      assertThatThrownBy(() -> plane.call(stranger, "GetRestApi", of(api)))
          .hasMessage("Invalid API identifier specified " + stranger.accountId() + ":" + api);
      assertThatThrownBy(
              () -> plane.call(stranger, "GetResource", of(api).put("resourceId", rootOf(api))))
          .hasMessage("Invalid Resource identifier specified");
      assertThat(plane.call(stranger, "GetRestApis", Json.object()).get("item")).isEmpty();
    }
  }

  @Test
  void anIdIsTakenForAllRegionsAndAccounts() {
    ObjectNode input = Json.object().put("name", "one");
    input.putObject("tags").put("_custom_id_", "mine");
    plane.call("CreateRestApi", input);

    ServiceException refused =
        catchThrowableOfType(
            ServiceException.class, () -> plane.call(OTHER_ACCOUNT, "CreateRestApi", input));

    assertThat(refused.status()).isEqualTo(409);
  }

  @Test
  void aNewApiHasTheDefaultModels() {
    String api = createApi("one");

    List<ModelRecord> models = plane.records.read(records -> records.list(RecordTypes.MODEL, api));

    // MOD-01
    assertThat(models).extracting(ModelRecord::name).containsExactly("Empty", "Error");
    assertThat(models)
        .extracting(ModelRecord::description)
        .containsExactly(
            "This is a default empty schema model", "This is a default error schema model");
    assertThat(models).extracting(ModelRecord::contentType).containsOnly("application/json");
    assertThat(Json.parse(String.valueOf(models.get(1).schema())))
        .isEqualTo(
            Json.parse(
                """
                {"$schema": "http://json-schema.org/draft-04/schema#", "title": "Error Schema",
                 "type": "object", "properties": {"message": {"type": "string"}}}
                """));
  }

  @Test
  void aDeploymentKeepsTheApiAsItWas() {
    String api = createApi("one");
    String root = rootOf(api);
    plane.call("CreateResource", of(api).put("parentId", root).put("pathPart", "zoo"));
    plane.call("CreateResource", of(api).put("parentId", root).put("pathPart", "ants"));
    putMockMethod(api, root, "GET");
    String deployment = plane.call("CreateDeployment", of(api)).get("id").asString();

    plane.call("DeleteMethod", of(api).put("resourceId", root).put("httpMethod", "GET"));
    plane.call("UpdateRestApi", patch(of(api), "/binaryMediaTypes/image~1png", ""));

    // DEP-04
    ApiDefinition frozen =
        plane
            .records
            .read(records -> records.find(RecordTypes.DEPLOYMENT, api, deployment))
            .map(DeploymentRecord::frozen)
            .orElseThrow();
    assertThat(frozen.resources())
        .extracting(ResourceRecord::path)
        .containsExactly("/", "/ants", "/zoo");
    assertThat(frozen.resources().getFirst().methods()).containsOnlyKeys("GET");
    assertThat(frozen.api().binaryMediaTypes()).isNull();
    assertThat(frozen.models()).extracting(ModelRecord::name).contains("Empty");
  }

  @Test
  void whatTheDataPlaneRefusesIsNotStored() {
    TestControlPlane refusing = new TestControlPlane(new RefusingPublisher());
    String api =
        refusing.call("CreateRestApi", Json.object().put("name", "one")).get("id").asString();
    ObjectNode method =
        of(api)
            .put(
                "resourceId", refusing.call("GetRestApi", of(api)).get("rootResourceId").asString())
            .put("httpMethod", "GET")
            .put("authorizationType", "NONE");
    refusing.call("PutMethod", method);
    refusing.call("PutIntegration", method.put("type", "MOCK"));
    int before = refusing.store.size();

    assertThatThrownBy(() -> refusing.call("CreateDeployment", of(api).put("stageName", "prod")))
        .hasMessage("cannot be compiled");

    assertThat(refusing.store.size()).isEqualTo(before);
    assertThat(refusing.call("GetDeployments", of(api)).get("item")).isEmpty();
  }

  @Test
  void deletingAnApiLeavesNothingBehind() {
    int before = plane.store.size();
    String api = createApi("one");
    putMockMethod(api, rootOf(api), "GET");
    plane.call("CreateDeployment", of(api).put("stageName", "prod"));
    ObjectNode part = of(api).put("properties", "{}");
    part.putObject("location").put("type", "API");
    plane.call("CreateDocumentationPart", part);
    plane.call("CreateDocumentationVersion", of(api).put("documentationVersion", "1"));

    plane.call("DeleteRestApi", of(api));

    assertThat(plane.store.size()).isEqualTo(before);
  }

  private String createApi(String name) {
    return plane.call("CreateRestApi", Json.object().put("name", name)).get("id").asString();
  }

  private String rootOf(String api) {
    return plane.call("GetRestApi", of(api)).get("rootResourceId").asString();
  }

  private void putMockMethod(String api, String resource, String httpMethod) {
    ObjectNode input = of(api).put("resourceId", resource).put("httpMethod", httpMethod);
    plane.call("PutMethod", input.put("authorizationType", "NONE"));
    plane.call("PutIntegration", input.put("type", "MOCK"));
  }

  private static ObjectNode of(String api) {
    return Json.object().put("restApiId", api);
  }

  private static ObjectNode patch(ObjectNode input, String path, String value) {
    input
        .putArray("patchOperations")
        .addObject()
        .put("op", "add")
        .put("path", path)
        .put("value", value);
    return input;
  }

  /** Compiles nothing. */
  private static final class RefusingPublisher implements Publisher {
    @Override
    public void stageChanged(RecordWriter records, String apiId, String stageName) {
      throw ServiceException.badRequest("cannot be compiled");
    }

    @Override
    public void apiChanged(RecordWriter records, String apiId) {}

    @Override
    public void stageDeleted(RecordWriter records, String apiId, String stageName) {}

    @Override
    public void apiDeleted(RecordWriter records, String apiId) {}

    @Override
    public void apiKeysChanged(RecordWriter records, String scope, Collection<String> keyIds) {}

    @Override
    public void apiKeyDeleted(RecordWriter records, String scope, ApiKeyRecord key) {}

    @Override
    public void usagePlanChanged(RecordWriter records, String scope, String planId) {}

    @Override
    public void usagePlanDeleted(RecordWriter records, String scope, String planId) {}

    @Override
    public void domainNameChanged(RecordWriter records, String host) {}
  }
}
