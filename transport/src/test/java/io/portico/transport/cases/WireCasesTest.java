package io.portico.transport.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.gateway.execute.cases.CaseFile;
import io.portico.gateway.execute.cases.CaseFiles;
import io.portico.gateway.execute.cases.CaseRun;
import io.portico.transport.support.Transport;
import java.io.IOException;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every case of the data plane that can be sent, from a client's socket to a backend's. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class WireCasesTest {
  private static final String CASE =
      """
      source: assumed
      --- method POST /pets
      --- integration
      {type: HTTP_PROXY, uri: 'http://backend.test/'}
      --- client request
      POST /pets HTTP/1.1

      []
      --- backend answers
      200

      body
      --- backend receives
      POST /
      Host: backend.test
      --- backend receives, on the wire
      Content-Length: 2
      --- gateway response
      200

      body
      --- gateway response, on the wire
      Connection: keep-alive
      Date: <date>
      Content-Length: 4
      !Transfer-Encoding
      --- client request
      POST /pets HTTP/1.1
      --- backend answers
      200
      X-Good: yes
      --- gateway response
      200
      X-Good: yes
      --- gateway response, on the wire
      Connection: keep-alive
      """;

  private final Transport transport = new Transport();
  private final WireBackend backend = new WireBackend(transport.upstream());

  @AfterAll
  void close() throws IOException {
    transport.close();
    backend.close();
  }

  @TestFactory
  Stream<DynamicTest> answersOnTheWireAsItsSourceSays() {
    return cases(false);
  }

  @TestFactory
  Stream<DynamicTest> answersByHttp2AsItsSourceSays() {
    return cases(true);
  }

  private Stream<DynamicTest> cases(boolean http2) {
    Map<String, CaseFiles.Content> files = CaseFiles.all();
    assertThat(files).isNotEmpty();
    return files.entrySet().stream()
        .filter(
            file ->
                http2
                    ? file.getValue().parsed().isForHttp2()
                    : file.getValue().parsed().isForTheWire())
        .map(
            file ->
                DynamicTest.dynamicTest(file.getKey(), () -> run(file.getValue().parsed(), http2)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Connection: keep-alive=Connection: close",
        "Connection: keep-alive=!Connection",
        "Content-Length: 4=Content-Length: 5",
        "Content-Length: 4=content-length: 4",
        "Date: <date>=Date: <uuid>",
        "!Transfer-Encoding=Transfer-Encoding: chunked",
        "Content-Length: 2=Content-Length: 1",
        "X-Good: yes=X-Good: no",
        "200\n\nbody=200\n\nother",
        "Host: backend.test=Host: another.test",
        "POST /pets HTTP/1.1=POST /pets HTTP/1.1\nConnection: close"
      })
  void untrueCasesFail(String change) {
    String[] parts = change.split("=", 2);
    String untrue = CASE.replaceFirst(Pattern.quote(parts[0]), parts[1]);

    assertThat(untrue).isNotEqualTo(CASE);
    assertThatThrownBy(() -> run(CaseFile.parse(untrue))).isInstanceOf(AssertionError.class);
  }

  @Test
  void theTrueOnePasses() throws Exception {
    run(CaseFile.parse(CASE));
  }

  private void run(CaseFile file) throws Exception {
    run(file, false);
  }

  private void run(CaseFile file, boolean http2) throws Exception {
    try (WirePlane plane = new WirePlane(transport, backend, http2)) {
      CaseRun.run(file, plane);
    }
  }
}
