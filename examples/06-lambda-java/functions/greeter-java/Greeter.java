package greeter;

import java.util.Map;

/** Answers a call of the API (AWS_PROXY), or an event that names somebody. */
public class Greeter {
  public Map<String, Object> greet(Map<String, Object> event) {
    Object query = event.get("queryStringParameters");
    Object given = query instanceof Map<?, ?> parameters ? parameters.get("name") : event.get("name");
    String greeting = "Hello, " + (given == null ? "stranger" : given) + "!";
    System.out.println(greeting);
    return event.containsKey("httpMethod")
        ? Map.of("statusCode", 200, "headers", Map.of("Content-Type", "text/plain"), "body", greeting)
        : Map.of("greeting", greeting);
  }
}
