package io.portico.gateway.control.sdk;

import io.portico.gateway.control.sdk.contract.ClientContract;
import io.portico.gateway.control.sdk.contract.ClientMethod;
import java.util.Map;

/** What the read-me files of all languages say. */
final class Readme {
  private Readme() {}

  /**
   * Values of a template: name, stage, invokeUrl, methods.
   *
   * @param methods by the names they have in the language
   */
  static Map<String, String> values(ClientContract api, Map<String, ClientMethod> methods) {
    StringBuilder list = new StringBuilder();
    methods.forEach(
        (name, method) ->
            list.append("- `")
                .append(name)
                .append("`: ")
                .append(SourceText.markdown(method.verb() + " " + method.path()))
                .append('\n'));
    return Map.of(
        "name", SourceText.markdown(api.name()),
        "stage", SourceText.markdown(api.stage()),
        "invokeUrl", SourceText.markdown(api.invokeUrl()),
        "methods", list.isEmpty() ? "None." : list.toString().stripTrailing());
  }
}
