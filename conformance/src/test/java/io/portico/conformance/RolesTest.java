package io.portico.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.conformance.process.Needed;
import io.portico.conformance.process.Program;
import io.portico.conformance.server.Endpoint;
import io.portico.conformance.server.Portico;
import io.portico.conformance.server.PorticoProcess;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.DeleteConflictException;
import software.amazon.awssdk.services.iam.model.EntityAlreadyExistsException;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.iam.model.MalformedPolicyDocumentException;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** Roles, policies and sessions, by AWS's own clients. */
@Portico
final class RolesTest {
  private static final String TRUST =
      """
      {
        "Version": "2012-10-17",
        "Statement": [
          {
            "Effect": "Allow",
            "Principal": {"Service": "lambda.amazonaws.com"},
            "Action": "sts:AssumeRole"
          }
        ]
      }
      """;
  private static final String LOGGING =
      "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":[\"logs:*\"],"
          + "\"Resource\":\"*\"}]}";
  private static final String OF_AWS =
      "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole";

  @TempDir Path folder;

  private static AwsCredentialsProvider anyKey() {
    return StaticCredentialsProvider.create(
        AwsBasicCredentials.create(Endpoint.ACCESS_KEY, Endpoint.ACCESS_KEY));
  }

  private static IamClient iam(Endpoint endpoint) {
    return IamClient.builder()
        .endpointOverride(endpoint.uri())
        .region(Region.AWS_GLOBAL)
        .credentialsProvider(anyKey())
        .httpClientBuilder(Apache5HttpClient.builder())
        .build();
  }

  private static StsClient sts(Endpoint endpoint, AwsCredentialsProvider credentials) {
    return StsClient.builder()
        .endpointOverride(endpoint.uri())
        .region(Region.of(Endpoint.REGION))
        .credentialsProvider(credentials)
        .httpClientBuilder(Apache5HttpClient.builder())
        .build();
  }

  private static String decoded(String document) {
    return URLDecoder.decode(document, StandardCharsets.UTF_8);
  }

  @Test
  void aRoleLivesAsOnAws(Endpoint endpoint) {
    try (IamClient iam = iam(endpoint)) {
      Role made =
          iam.createRole(
                  request ->
                      request
                          .roleName("worker")
                          .path("/team/")
                          .assumeRolePolicyDocument(TRUST)
                          .description("a < b & \"c\"")
                          .tags(Tag.builder().key("team").value("blue").build()))
              .role();
      iam.putRolePolicy(
          request -> request.roleName("worker").policyName("log").policyDocument(LOGGING));
      iam.attachRolePolicy(request -> request.roleName("worker").policyArn(OF_AWS));

      Role found = iam.getRole(request -> request.roleName("worker")).role();
      assertThat(found.arn())
          .isEqualTo("arn:aws:iam::" + Endpoint.ACCOUNT + ":role/team/worker")
          .isEqualTo(made.arn());
      assertThat(found.roleId()).isEqualTo(made.roleId()).hasSize(21);
      assertThat(found.createDate()).isEqualTo(made.createDate());
      assertThat(found.maxSessionDuration()).isEqualTo(3600);
      assertThat(found.description()).isEqualTo("a < b & \"c\"");
      assertThat(decoded(found.assumeRolePolicyDocument())).isEqualTo(TRUST);
      assertThat(found.tags()).extracting(Tag::value).containsExactly("blue");
      assertThat(
              decoded(
                  iam.getRolePolicy(request -> request.roleName("worker").policyName("log"))
                      .policyDocument()))
          .isEqualTo(LOGGING);
      assertThat(
              iam.listAttachedRolePolicies(request -> request.roleName("worker"))
                  .attachedPolicies())
          .extracting(policy -> policy.policyName())
          .containsExactly("AWSLambdaBasicExecutionRole");
      assertThat(
              iam.listInstanceProfilesForRole(request -> request.roleName("worker"))
                  .instanceProfiles())
          .isEmpty();

      assertThatThrownBy(() -> iam.deleteRole(request -> request.roleName("worker")))
          .isInstanceOf(DeleteConflictException.class)
          .hasMessageContaining("Cannot delete entity, must detach all policies first.");
      iam.detachRolePolicy(request -> request.roleName("worker").policyArn(OF_AWS));
      iam.deleteRolePolicy(request -> request.roleName("worker").policyName("log"));
      iam.deleteRole(request -> request.roleName("worker"));
      assertThatThrownBy(() -> iam.getRole(request -> request.roleName("worker")))
          .isInstanceOf(NoSuchEntityException.class)
          .hasMessageContaining("The role with name worker cannot be found.");
    }
  }

  @Test
  void whatAwsRefusesIsRefusedWithItsException(Endpoint endpoint) {
    try (IamClient iam = iam(endpoint)) {
      iam.createRole(request -> request.roleName("taken").assumeRolePolicyDocument(TRUST));

      assertThatThrownBy(
              () ->
                  iam.createRole(
                      request -> request.roleName("taken").assumeRolePolicyDocument(TRUST)))
          .isInstanceOf(EntityAlreadyExistsException.class)
          .hasMessageContaining("Role with name taken already exists.");
      assertThatThrownBy(
              () ->
                  iam.createRole(request -> request.roleName("new").assumeRolePolicyDocument("{")))
          .isInstanceOf(MalformedPolicyDocumentException.class);
      assertThatThrownBy(
              () ->
                  iam.createRole(
                      request -> request.roleName("a b").assumeRolePolicyDocument(TRUST)))
          .isInstanceOfSatisfying(
              IamException.class,
              failure -> {
                assertThat(failure.awsErrorDetails().errorCode()).isEqualTo("ValidationError");
                assertThat(failure.statusCode()).isEqualTo(400);
                assertThat(failure.requestId()).isNotEmpty();
              });
      assertThatThrownBy(() -> iam.createGroup(request -> request.groupName("everybody")))
          .isInstanceOfSatisfying(
              IamException.class, failure -> assertThat(failure.statusCode()).isEqualTo(501));
    }
  }

  @Test
  void aManagedPolicyLivesAsOnAws(Endpoint endpoint) {
    try (IamClient iam = iam(endpoint)) {
      String arn =
          iam.createPolicy(request -> request.policyName("shared").policyDocument(LOGGING))
              .policy()
              .arn();
      iam.createPolicyVersion(
          request -> request.policyArn(arn).policyDocument(LOGGING).setAsDefault(true));

      assertThat(iam.getPolicy(request -> request.policyArn(arn)).policy().defaultVersionId())
          .isEqualTo("v2");
      assertThat(
              decoded(
                  iam.getPolicyVersion(request -> request.policyArn(arn).versionId("v2"))
                      .policyVersion()
                      .document()))
          .isEqualTo(LOGGING);
      iam.deletePolicyVersion(request -> request.policyArn(arn).versionId("v1"));
      iam.deletePolicy(request -> request.policyArn(arn));
      assertThat(iam.listPoliciesPaginator(request -> request.scope("Local")).policies())
          .extracting(policy -> policy.policyName())
          .doesNotContain("shared");
    }
  }

  @Test
  void rolesAreListedPageByPage(Endpoint endpoint) {
    try (IamClient iam = iam(endpoint)) {
      List<String> names = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        String name = "paged" + i;
        names.add(name);
        iam.createRole(
            request -> request.roleName(name).path("/paged/").assumeRolePolicyDocument(TRUST));
      }

      assertThat(
              iam.listRolesPaginator(request -> request.pathPrefix("/paged/").maxItems(2)).roles())
          .extracting(Role::roleName)
          .containsExactlyElementsOf(names);
    }
  }

  @Test
  void anAssumedRoleCallsAsItsSession(Endpoint endpoint) {
    try (StsClient sts = sts(endpoint, anyKey())) {
      Credentials credentials =
          sts.assumeRole(
                  request ->
                      request
                          .roleArn("arn:aws:iam::" + Endpoint.ACCOUNT + ":role/any")
                          .roleSessionName("me"))
              .credentials();
      AwsSessionCredentials session =
          AwsSessionCredentials.create(
              credentials.accessKeyId(), credentials.secretAccessKey(), credentials.sessionToken());
      try (StsClient assumed = sts(endpoint, StaticCredentialsProvider.create(session))) {
        assertThat(assumed.getCallerIdentity().arn())
            .isEqualTo("arn:aws:sts::" + Endpoint.ACCOUNT + ":assumed-role/any/me");
      }

      GetCallerIdentityResponse identity = sts.getCallerIdentity();
      assertThat(identity.account()).isEqualTo(Endpoint.ACCOUNT);
      assertThat(identity.arn()).isEqualTo("arn:aws:iam::" + Endpoint.ACCOUNT + ":root");
    }
  }

  @Test
  void aRequestWithoutASignatureIsUnderstoodToo(Endpoint endpoint) {
    try (StsClient sts = sts(endpoint, AnonymousCredentialsProvider.create())) {
      assertThat(sts.getCallerIdentity().account()).isEqualTo(Endpoint.ACCOUNT);
    }
  }

  @Test
  void rolesAreThereAfterARestart() {
    Path data = folder.resolve("data");
    try (PorticoProcess server = PorticoProcess.durable(data);
        IamClient iam = iam(server.endpoint())) {
      iam.createRole(request -> request.roleName("kept").assumeRolePolicyDocument(TRUST));
      server.kill();
      server.awaitExit();
    }

    try (PorticoProcess server = PorticoProcess.durable(data);
        IamClient iam = iam(server.endpoint())) {
      assertThat(iam.getRole(request -> request.roleName("kept")).role().path()).isEqualTo("/");
    }
  }

  @Test
  void theCliReadsWhatItWrote(Endpoint endpoint) {
    Path _ = Needed.program("aws");

    cli(
        endpoint,
        "iam",
        "create-role",
        "--role-name",
        "typed",
        "--assume-role-policy-document",
        TRUST,
        "--tags",
        "Key=team,Value=blue");
    String service =
        cli(
            endpoint,
            "iam",
            "get-role",
            "--role-name",
            "typed",
            "--query",
            "Role.AssumeRolePolicyDocument.Statement[0].Principal.Service");
    String account = cli(endpoint, "sts", "get-caller-identity", "--query", "Account");

    assertThat(service).isEqualTo("lambda.amazonaws.com");
    assertThat(account).isEqualTo(Endpoint.ACCOUNT);
  }

  private String cli(Endpoint endpoint, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Program.find("aws").orElseThrow().toString());
    command.addAll(List.of("--output", "text"));
    command.addAll(List.of(arguments));
    Program.Outcome outcome =
        Program.run(folder, endpoint.environment(), Duration.ofSeconds(90), command);
    assertThat(outcome.succeeded()).as("%s: %s", command, outcome).isTrue();
    return outcome.out().strip();
  }
}
