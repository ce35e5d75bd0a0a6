package io.portico.lambda.control;

import static io.portico.lambda.RunningHost.creation;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.json.Json;
import io.portico.lambda.RunningHost;
import io.portico.lambda.RunningHost.Reply;
import io.portico.lambda.Zips;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.node.ObjectNode;

/** Code from buckets. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CodeFromS3Test {
  private final RunningHost host = RunningHost.start(1);

  @AfterAll
  void end() {
    host.close();
  }

  private static byte[] answering(String text) {
    return Zips.of("index.js", "exports.handler = async () => '" + text + "';");
  }

  private static ObjectNode code(String bucket, String key) {
    return Json.object().put("S3Bucket", bucket).put("S3Key", key);
  }

  private static ObjectNode from(String name, ObjectNode code) {
    ObjectNode creation = creation(name, "nodejs20.x", "index.handler", new byte[0]);
    creation.set("Code", code);
    return creation;
  }

  private static String message(Reply reply) {
    assertThat(reply.status()).isEqualTo(400);
    return reply.json().path("message").asString();
  }

  @Test
  void aFunctionIsMadeOfAnObjectAndChangedToAVersionOfIt() {
    host.buckets().put("artifacts", "one/function.zip", answering("current"));
    host.buckets().put("artifacts", "one/function.zip@v1", answering("first"));

    host.create(from("from-bucket", code("artifacts", "one/function.zip")));
    assertThat(host.invoke("from-bucket", "{}").text()).isEqualTo("\"current\"");

    host.functions(
        "PUT",
        "/from-bucket/code",
        code("artifacts", "one/function.zip").put("S3ObjectVersion", "v1"));
    host.awaitReady("from-bucket");
    assertThat(host.invoke("from-bucket", "{}").text()).isEqualTo("\"first\"");
  }

  @Test
  void aLayerIsMadeOfAnObject() {
    byte[] zip = Zips.of("words.txt", "so");
    host.buckets().put("layers", "words.zip", zip);
    ObjectNode publication = Json.object();
    publication.set("Content", code("layers", "words.zip"));

    Reply published = host.layers("POST", "/words/versions", publication);

    assertThat(published.status()).isEqualTo(201);
    assertThat(published.json().at("/Content/CodeSize").intValue()).isEqualTo(zip.length);
  }

  @Test
  void whatS3RefusesIsToldInItsWords() {
    host.buckets().put("there", "broken.zip", new byte[] {1, 2, 3});

    assertThat(message(host.functions("POST", "", from("none", code("absent", "any.zip")))))
        .isEqualTo(
            "Error occurred while GetObject. S3 Error Code: NoSuchBucket. S3 Error Message: The"
                + " specified bucket does not exist");
    assertThat(message(host.functions("POST", "", from("none", code("there", "absent.zip")))))
        .isEqualTo(
            "Error occurred while GetObject. S3 Error Code: NoSuchKey. S3 Error Message: The"
                + " specified key does not exist.");
    assertThat(message(host.functions("POST", "", from("none", code("there", "broken.zip")))))
        .startsWith("Could not unzip uploaded file.");
    assertThat(host.functions("GET", "/none").status()).isEqualTo(404);
  }

  @Test
  void codeThatWouldStayInItsBucketIsNotBuilt() {
    host.buckets().put("kept", "function.zip", answering("any"));

    Reply reply =
        host.functions(
            "POST",
            "",
            from("none", code("kept", "function.zip").put("S3ObjectStorageMode", "REFERENCE")));

    assertThat(reply.status()).isEqualTo(501);
  }
}
