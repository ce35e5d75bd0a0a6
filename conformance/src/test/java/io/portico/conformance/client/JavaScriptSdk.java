package io.portico.conformance.client;

import io.portico.conformance.process.NodePackages;
import io.portico.conformance.server.Endpoint;
import java.util.List;
import java.util.Optional;

/** The AWS SDK for JavaScript v3. */
final class JavaScriptSdk {
  private static final String DRIVER = "driver.mjs";

  private JavaScriptSdk() {}

  static Optional<LineDriver> installed(Endpoint endpoint) {
    return NodePackages.installed("js", DRIVER)
        .map(
            packages ->
                new LineDriver(
                    LineProcess.start(
                        "the JavaScript SDK",
                        endpoint,
                        packages.folder(),
                        List.of(packages.node().toString(), DRIVER))));
  }
}
