package io.portico.gateway.control.rules;

import io.portico.gateway.control.protocol.ServiceException;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the variables of a stage may be. */
public final class StageVariables {
  // AWS: source: documented, CreateStage.
  private static final Pattern VARIABLE_NAME = Pattern.compile("[A-Za-z0-9_]+");
  private static final Pattern VARIABLE_VALUE = Pattern.compile("[A-Za-z0-9-._~:/?#&=,]+");

  private StageVariables() {}

  /**
   * @throws ServiceException if a name or a value is none
   */
  // AWS: the texts, two blanks and a missing quote included: reported, issue 6133 of the Serverless
  // Framework (names) and issue 10 of sirceljm/aws-lambda-blog (values).
  public static void check(@Nullable Map<String, String> variables) {
    if (variables == null) {
      return;
    }
    variables.forEach(
        (name, value) -> {
          if (!VARIABLE_NAME.matcher(name).matches()) {
            throw ServiceException.badRequest(
                "Invalid stage variable name: "
                    + name
                    + ".  Please use names with only word characters.");
          }
          if (!VARIABLE_VALUE.matcher(value).matches()) {
            throw ServiceException.badRequest(
                "Invalid stage variable value: "
                    + value
                    + ".  Please use values with"
                    + " alphanumeric characters and the symbols ' ', -', '.', '_', ':', '/', '?',"
                    + " '&', '=', and ','.");
          }
        });
  }
}
