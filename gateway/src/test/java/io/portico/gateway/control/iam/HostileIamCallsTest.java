package io.portico.gateway.control.iam;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.control.protocol.AwsApi;
import io.portico.gateway.control.protocol.GeneratedRequest;
import io.portico.gateway.control.protocol.ServiceModel;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.HttpResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Calls of every operation that is built, in any order, with values that are right here and wrong
 * there: each is answered or refused, every answer fits its shape, what is refused changes nothing,
 * and every operation succeeds now and then.
 */
final class HostileIamCallsTest {
  private static final int CALLS = 9_000;
  private static final List<String> NAMES = List.of("a", "B", "c");

  private final Random random = new Random(GeneratedRequest.SEED);

  @Test
  void noCallIsAFailureOfOurs() throws IOException {
    IamPlane plane = new IamPlane();
    ServiceModel model = ServiceModel.of(AwsApi.IAM);
    List<String> operations = plane.operations.names().stream().sorted().toList();
    Set<String> answered = new TreeSet<>();

    for (int call = 0; call < CALLS; call++) {
      String operation = operations.get(random.nextInt(operations.size()));
      HttpRequest request = GeneratedRequest.of(model, operation, random, this::plausible);

      Object before = plane.store.state();
      HttpResponse response = plane.iam.handle(request);

      String sent =
          "-Dportico.seed=%d, call %d: %s: %s"
              .formatted(
                  GeneratedRequest.SEED,
                  call,
                  text(request.body().readAll(1 << 24)),
                  text(response.body().readAll(1 << 24)));
      assertThat(response.status()).as(sent).matches(status -> status < 500 || status == 501);
      if (response.status() >= 300) {
        assertThat(plane.store.state()).as(sent).isSameAs(before);
      } else {
        answered.add(operation);
      }
    }
    assertThat(answered)
        .as("-Dportico.seed=%d: operations that succeeded", GeneratedRequest.SEED)
        .containsExactlyElementsOf(operations);
  }

  private @Nullable String plausible(String member) {
    if (random.nextInt(40) == 0) {
      return null;
    }
    return switch (member) {
      case "RoleName", "PolicyName" -> NAMES.get(random.nextInt(NAMES.size()));
      case "PolicyArn", "PermissionsBoundary" ->
          random.nextInt(4) == 0
              ? "arn:aws:iam::aws:policy/ReadOnlyAccess"
              : "arn:aws:iam::111122223333:policy/" + NAMES.get(random.nextInt(NAMES.size()));
      case "Path", "PathPrefix" -> "/";
      case "AssumeRolePolicyDocument" -> IamPlane.TRUST;
      case "PolicyDocument" -> random.nextInt(3) == 0 ? IamPlane.TRUST : IamPlane.PERMISSIONS;
      case "VersionId" -> "v" + (1 + random.nextInt(3));
      case "Marker" -> "YQ";
      case "Key", "Value", "Description", "TagKeys" -> "k" + random.nextInt(5);
      default -> null;
    };
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
