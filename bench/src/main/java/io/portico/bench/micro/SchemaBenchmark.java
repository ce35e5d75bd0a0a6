package io.portico.bench.micro;

import io.portico.gateway.compute.Carrier;
import io.portico.gateway.json.Json;
import io.portico.gateway.jsonschema.JsonSchema;
import java.util.List;
import java.util.Objects;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** <b>Request validation</b>: a body is parsed and held against a model. */
@State(Scope.Thread)
public class SchemaBenchmark {
  private final JsonSchema schema =
      Objects.requireNonNull(
          new Order().match.method().validation().models().get("application/json"));
  private final String body = Order.JSON;

  @Benchmark
  @Part("JSON Schema: the same body, parsed and found valid by a model of eight properties")
  public List<String> validate() {
    return schema.validate(Json.parse(body), Carrier.UNSHARED);
  }
}
