package io.portico.server.cli;

import io.portico.gateway.json.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** {@code portico ca}: the certificate of the authority that issues ACM's certificates here. */
final class CaCommand implements Verb {
  private static final Option JSON =
      Option.flag("--json", "As JSON, with its subject, dates and fingerprint.");
  private static final Option OUT =
      Option.of("--out", "FILE", "Writes it into a file instead of printing it.");
  private static final Option ENDPOINT =
      Option.of(
          "--endpoint",
          "URL",
          "Where Portico is. Default: AWS_ENDPOINT_URL, else http://127.0.0.1:4566.");

  @Override
  public String name() {
    return "ca";
  }

  @Override
  public List<String> description() {
    return List.of(
        "Prints the certificate, in PEM, of the local authority of a running Portico: who trusts it"
            + " trusts the certificates that ACM's RequestCertificate issues there.",
        "The authority is made when it is first asked for, and kept in the data folder.");
  }

  @Override
  public List<Option> options() {
    return List.of(OUT, JSON, ENDPOINT);
  }

  @Override
  public int run(Arguments arguments, PrintWriter out) {
    JsonNode authority =
        RunningPortico.of(arguments.value(ENDPOINT), null, System.getenv()).authority();
    String text =
        arguments.has(JSON)
            ? Json.pretty(authority) + "\n"
            : authority.path("certificate").asString("");
    String file = arguments.value(OUT);
    if (file == null) {
      out.print(text);
      return ExitStatus.OK.code();
    }
    try {
      Files.writeString(Path.of(file), text, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new RequestException("", file + ": cannot be written: " + e, e);
    }
    return ExitStatus.OK.code();
  }
}
