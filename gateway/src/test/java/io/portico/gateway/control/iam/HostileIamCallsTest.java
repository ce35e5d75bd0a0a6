package io.portico.gateway.control.iam;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.control.protocol.AwsApi;
import io.portico.gateway.control.protocol.GeneratedRequest;
import io.portico.gateway.control.protocol.ServiceModel;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.HttpResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Calls of every operation that is built, in any order, with values that are right here and wrong
 * there: each is answered or refused, every answer fits its shape, what is refused changes nothing,
 * and every operation succeeds now and then.
 */
final class HostileIamCallsTest {
  private static final int CALLS = 18_000;
  private static final List<String> NAMES = List.of("a", "B", "c");

  /** Nobody has a password. */
  private static final Set<String> NEVER_FIND = Set.of("DeleteLoginProfile", "GetLoginProfile");

  private final Random random = new Random(GeneratedRequest.SEED);
  private final List<String> accessKeys = new ArrayList<>();
  private final List<String> deletions = new ArrayList<>();

  @Test
  void noCallIsAFailureOfOurs() throws IOException {
    IamPlane plane = new IamPlane();
    ServiceModel model = ServiceModel.of(AwsApi.IAM);
    List<String> operations = plane.operations.names().stream().sorted().toList();
    List<String> ableToSucceed =
        operations.stream().filter(operation -> !NEVER_FIND.contains(operation)).toList();
    Set<String> answered = new TreeSet<>();

    for (int call = 0; call < CALLS; call++) {
      String operation = operations.get(random.nextInt(operations.size()));
      HttpRequest request =
          GeneratedRequest.of(model, operation, random, member -> plausible(operation, member))
              .request();

      Object before = plane.store.state();
      HttpResponse response = plane.iam.handle(request);

      String answer = text(response.body().readAll(1 << 24));
      String sent =
          "-Dportico.seed=%d, call %d: %s: %s"
              .formatted(
                  GeneratedRequest.SEED, call, text(request.body().readAll(1 << 24)), answer);
      assertThat(response.status()).as(sent).matches(status -> status < 500 || status == 501);
      if (response.status() >= 300) {
        assertThat(plane.store.state()).as(sent).isSameAs(before);
      } else {
        answered.add(operation);
        learn(answer);
      }
    }
    assertThat(answered)
        .as("-Dportico.seed=%d: operations that succeeded", GeneratedRequest.SEED)
        .containsExactlyElementsOf(ableToSucceed);
  }

  private @Nullable String plausible(String operation, String member) {
    if (random.nextInt(40) == 0) {
      return null;
    }
    return switch (member) {
      case "RoleName" ->
          operation.equals("DeleteServiceLinkedRole") ? "AWSServiceRoleForECS" : one(NAMES);
      case "PolicyName" -> policy(operation);
      case "UserName", "NewUserName", "InstanceProfileName" -> one(NAMES);
      case "PolicyArn", "PermissionsBoundary" ->
          random.nextInt(4) == 0
              ? "arn:aws:iam::aws:policy/ReadOnlyAccess"
              : "arn:aws:iam::111122223333:policy/" + policy(operation);
      case "Path", "PathPrefix" -> "/";
      case "AssumeRolePolicyDocument" -> IamPlane.TRUST;
      case "PolicyDocument" -> random.nextInt(3) == 0 ? IamPlane.TRUST : IamPlane.PERMISSIONS;
      case "AccessKeyId" -> known(accessKeys, "AKIANOBODYNOBODYXYZ2");
      case "DeletionTaskId" -> known(deletions, "task/nothing");
      case "AWSServiceName" -> random.nextBoolean() ? "ecs.amazonaws.com" : "spot.amazonaws.com";
      case "NewPath" -> "/team/";
      case "Status" -> random.nextBoolean() ? "Active" : "Inactive";
      case "VersionId" -> "v" + (1 + random.nextInt(3));
      case "Marker" -> "YQ";
      case "Key", "Value", "Description", "TagKeys" -> "k" + random.nextInt(5);
      default -> null;
    };
  }

  /** One of them nobody is given: it can be deleted. */
  private String policy(String operation) {
    return operation.endsWith("tePolicy") && random.nextInt(3) == 0 ? "d" : one(NAMES);
  }

  private String one(List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private String known(List<String> ids, String otherwise) {
    return ids.isEmpty() ? otherwise : one(ids);
  }

  /** Those ids that an answer names are asked about later; of many, the last. */
  private void learn(String answer) {
    learn(answer, "AccessKeyId", accessKeys);
    learn(answer, "DeletionTaskId", deletions);
  }

  private static void learn(String answer, String element, List<String> known) {
    Pattern.compile("<" + element + ">([^<]+)</")
        .matcher(answer)
        .results()
        .forEach(id -> known.addFirst(id.group(1)));
    while (known.size() > 3) {
      known.removeLast();
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
