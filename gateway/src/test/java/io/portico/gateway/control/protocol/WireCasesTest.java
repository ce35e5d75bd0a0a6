package io.portico.gateway.control.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.json.Json;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Runs every case of {@code cases/protocol}. */
final class WireCasesTest {

  @TestFactory
  Stream<DynamicTest> cases() throws IOException, URISyntaxException {
    URL folder = Objects.requireNonNull(WireCasesTest.class.getResource("/cases/protocol"));
    List<Path> files;
    try (Stream<Path> found = Files.walk(Path.of(folder.toURI()))) {
      files = found.filter(file -> file.toString().endsWith(".case")).sorted().toList();
    }
    assertThat(files).isNotEmpty();
    return files.stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    String.valueOf(file.getFileName()), () -> run(WireCase.read(file))));
  }

  private static void run(WireCase wireCase) throws IOException {
    RecordedCalls calls = new RecordedCalls();
    ServiceModel model = ServiceModel.of(wireCase.api());
    AwsApiHandler service =
        new AwsApiHandler(
            model,
            calls.of(model),
            new CallerResolver("000000000000", "us-east-1", new ControlHosts(List.of())));

    HttpResponse response = service.handle(request(wireCase.section("request")));

    if (wireCase.sections().containsKey("input")) {
      List<String> expected = wireCase.section("input");
      assertThat(response.status()).as(body(response)).isLessThan(300);
      assertThat(calls.only().operation()).isEqualTo(expected.getFirst());
      assertThat(Json.parse(Json.text(calls.only().input().json())))
          .isEqualTo(Json.parse(text(expected.subList(1, expected.size()))));
    } else {
      List<String> expected = wireCase.section("answer");
      assertThat(response.status() + " " + response.headers().first("x-amzn-ErrorType"))
          .isEqualTo(expected.getFirst());
      assertThat(body(response)).isEqualTo(text(expected.subList(1, expected.size())));
      assertThat(calls.calls).isEmpty();
    }
  }

  private static HttpRequest request(List<String> lines) {
    String[] head = lines.getFirst().split(" ", 2);
    int end = lines.indexOf("");
    end = end < 0 ? lines.size() : end;
    Headers.Builder headers = Headers.builder();
    for (String field : lines.subList(1, end)) {
      int colon = field.indexOf(':');
      headers.add(field.substring(0, colon), field.substring(colon + 1).strip());
    }
    String body = text(lines.subList(Math.min(end + 1, lines.size()), lines.size()));
    return Requests.request(head[0], head[1], Body.of(body), headers.build());
  }

  private static String body(HttpResponse response) throws IOException {
    return new String(response.body().readAll(Long.MAX_VALUE), StandardCharsets.UTF_8);
  }

  private static String text(List<String> lines) {
    return String.join("\n", lines).strip();
  }
}
