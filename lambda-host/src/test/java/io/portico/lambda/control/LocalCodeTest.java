package io.portico.lambda.control;

import static io.portico.lambda.RunningHost.creation;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.json.Json;
import io.portico.lambda.RunningHost;
import io.portico.lambda.RunningHost.Reply;
import io.portico.lambda.Zips;
import io.portico.lambda.Zips.Entry;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** Code that is a file of this machine ({@code S3Bucket=_portico}). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LocalCodeTest {
  private final RunningHost host = RunningHost.start(1);

  @TempDir Path temporary = Path.of("");

  @AfterAll
  void end() {
    host.close();
  }

  private static ObjectNode from(String name, String path) {
    ObjectNode creation = creation(name, "nodejs20.x", "index.handler", new byte[0]);
    creation.set("Code", Json.object().put("S3Bucket", "_portico").put("S3Key", path));
    return creation;
  }

  private String refusal(String path) {
    Reply reply = host.functions("POST", "", from("none", path));
    assertThat(reply.status()).as(reply.text()).isEqualTo(400);
    assertThat(reply.header("x-amzn-ErrorType")).isEqualTo("InvalidParameterValueException");
    return reply.json().path("message").asString();
  }

  @Test
  void aZipIsTakenAsItIsNowWithItsLinks() throws IOException {
    Path zip = temporary.resolve("function.zip");
    Files.write(
        zip,
        Zips.ofEntries(
            Entry.file("lib/real.js", "exports.handler = async () => 'linked';"),
            Entry.link("index.js", "lib/real.js")));

    host.create(from("zipped", zip.toString()));
    Files.delete(zip);

    assertThat(host.invoke("zipped", "{}").text()).isEqualTo("\"linked\"");
  }

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void whatMayNeverEndIsRefused() throws Exception {
    Path pipe = temporary.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();

    assertThat(refusal("/dev/zero")).isEqualTo("/dev/zero is neither a file nor a folder.");
    assertThat(refusal(pipe.toString())).isEqualTo(pipe + " is neither a file nor a folder.");
    assertThat(refusal(temporary + "/no-such"))
        .isEqualTo(temporary + "/no-such is neither a file nor a folder.");
  }

  @Test
  void whatIsNoPathIsRefused() {
    assertThat(refusal("/tmp/a\0b")).startsWith("S3Key is no path of this machine: ");
    assertThat(refusal("function.zip"))
        .isEqualTo("With S3Bucket=_portico, S3Key is an absolute path of this machine.");
  }

  @Test
  void aFileThatIsTooLongIsRefused() throws IOException {
    Path large = temporary.resolve("large.zip");
    try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
      file.setLength(262_144_001);
    }

    assertThat(refusal(large.toString()))
        .isEqualTo("Unzipped size must be smaller than 262144000 bytes");
  }

  @Test
  void aLinkThatLeadsOutOfAZipIsRefused() throws IOException {
    Path zip = temporary.resolve("leading-out.zip");
    Files.write(zip, Zips.ofEntries(Entry.link("index.js", "/etc/passwd")));

    assertThat(refusal(zip.toString()))
        .isEqualTo("The link index.js leads out of the zip, to /etc/passwd");
  }
}
