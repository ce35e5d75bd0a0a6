package io.portico.gateway.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portico.gateway.aws.ArnPattern;
import io.portico.gateway.http.UpstreamRequest.Origin;
import io.portico.gateway.snapshot.TargetGroup;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PrivateTargetsTest {
  private static final String ELB = "arn:aws:elasticloadbalancing:us-east-1:000000000000:";
  private static final String NLB = ELB + "loadbalancer/net/orders/1";
  private static final String LISTENER = ELB + "listener/app/orders/1/2";
  private static final String SERVICE =
      "arn:aws:servicediscovery:us-east-1:000000000000:service/srv-1";

  private static final Origin PLAIN = new Origin(false, "10.0.0.1", 9001, true);
  private static final Origin ENCRYPTED = new Origin(true, "10.0.0.2", 9002, true);

  private static final LinkTargets CONFIGURED =
      new LinkTargets(
          List.of(
              rule("arn:aws:elasticloadbalancing:*:*:loadbalancer/net/orders/*", PLAIN, ENCRYPTED),
              rule("arn:aws:elasticloadbalancing:*:*:listener/app/orders/*", ENCRYPTED),
              rule("arn:aws:elasticloadbalancing:*:*:listener/*", PLAIN),
              rule(SERVICE + "?color=green", ENCRYPTED),
              rule(SERVICE, PLAIN)));

  private static final VpcLinks LINKS =
      id ->
          switch (id) {
            case "v1" -> new VpcLinks.Link("AVAILABLE", NLB);
            case "v2" -> new VpcLinks.Link("AVAILABLE", null);
            case "failed" -> new VpcLinks.Link("FAILED", NLB);
            case "elsewhere" ->
                new VpcLinks.Link("AVAILABLE", ELB + "loadbalancer/net/elsewhere/1");
            default -> null;
          };

  private final PrivateTargets targets =
      new PrivateTargets(
          "000000000000", "us-east-1", LINKS, CONFIGURED, new StageVariables(Map.of("link", "v1")));

  private static LinkTargets.Rule rule(String arns, Origin... origins) {
    return new LinkTargets.Rule(Objects.requireNonNull(ArnPattern.of(arns)), List.of(origins));
  }

  private static Origin uri(boolean tls) {
    return new Origin(tls, "orders.internal", tls ? 443 : 80, false);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:elasticloadbalancing:us-east-1:111111111111:listener/app/orders/1/2",
        "arn:aws:elasticloadbalancing:eu-west-1:000000000000:listener/app/orders/1/2",
        "arn:aws:elasticloadbalancing:us-east-1"
      })
  void nothingLeadsToWhatIsOfAnotherAccountOrRegion(String arn) {
    assertThatThrownBy(() -> targets.ofHttpApi("v2", arn, null))
        .isInstanceOf(UnusableException.class)
        .hasMessageContaining("is not of the API's account 000000000000");
  }

  @Test
  void theLinkOfARestApiLeadsToItsOwnLoadBalancer() throws Exception {
    TargetGroup group = targets.ofRestApi("v1", null, uri(false));

    assertThat(group.arn()).isEqualTo(NLB);
    assertThat(group.targets())
        .containsExactly(
            new Origin(false, "10.0.0.1", 9001, false), new Origin(true, "10.0.0.2", 9002, false));
  }

  @Test
  void anHttpsUriNamesWhoseCertificateIsAskedFor() throws Exception {
    assertThat(targets.ofRestApi("v1", null, uri(true)).targets())
        .containsExactly(
            new Origin(true, "10.0.0.1", 9001, false, null, "orders.internal"),
            new Origin(true, "10.0.0.2", 9002, false, null, "orders.internal"));
  }

  @Test
  void aLinkMayBeAStageVariable() throws Exception {
    assertThat(targets.ofRestApi("${stageVariables.link}", null, uri(false)))
        .isEqualTo(targets.ofRestApi("v1", null, uri(false)));
    assertThat(refusal(() -> targets.ofRestApi("${stageVariables.other}", null, uri(false))))
        .isEqualTo(
            "a stage variable in the integration's connectionId is not defined:"
                + " ${stageVariables.other}");
  }

  @Test
  void anIntegrationTargetGoesFirst() throws Exception {
    assertThat(targets.ofRestApi("v1", LISTENER, uri(false)).arn()).isEqualTo(LISTENER);
    assertThat(targets.ofRestApi("v2", LISTENER, uri(false)).targets())
        .containsExactly(new Origin(true, "10.0.0.2", 9002, false));
    assertThat(refusal(() -> targets.ofRestApi("v2", null, uri(false))))
        .isEqualTo("a VPC link V2 leads nowhere without an integrationTarget");
  }

  @Test
  void anHttpApiNamesAListenerOrAService() throws Exception {
    assertThat(targets.ofHttpApi("v2", LISTENER, null).targets()).containsExactly(ENCRYPTED);
    assertThat(targets.ofHttpApi("v2", LISTENER.replace("orders", "pets"), null).targets())
        .containsExactly(PLAIN);
    assertThat(targets.ofHttpApi("v2", SERVICE + "?color=blue", null).targets())
        .containsExactly(PLAIN);
    assertThat(targets.ofHttpApi("v2", SERVICE + "?color=green", null).targets())
        .containsExactly(ENCRYPTED);
    assertThat(refusal(() -> targets.ofHttpApi("v1", LISTENER, null)))
        .isEqualTo("HTTP APIs have VPC links V2: v1");
  }

  @Test
  void aServerNameIsAskedForByTls() throws Exception {
    assertThat(
            targets
                .ofHttpApi("v2", LISTENER.replace("orders", "pets"), "orders.internal")
                .targets())
        .containsExactly(new Origin(true, "10.0.0.1", 9001, true, null, "orders.internal"));
    assertThat(refusal(() -> targets.ofHttpApi("v2", LISTENER, "orders internal")))
        .isEqualTo("serverNameToVerify is no server's name: orders internal");
  }

  @Test
  void whatLeadsNowhereSaysWhy() {
    assertThat(refusal(() -> targets.ofRestApi("gone", null, uri(false))))
        .isEqualTo("there is no VPC link gone");
    assertThat(refusal(() -> targets.ofRestApi("failed", null, uri(false))))
        .isEqualTo("the VPC link failed is FAILED");
    assertThat(refusal(() -> targets.ofRestApi(null, null, uri(false))))
        .isEqualTo("the integration names no VPC link");
    assertThat(refusal(() -> targets.ofRestApi("elsewhere", null, uri(false))))
        .isEqualTo(
            "no target of "
                + ELB
                + "loadbalancer/net/elsewhere/1 is configured: set vpc-links.targets"
                + " (PORTICO_VPC_LINKS_TARGETS)");
  }

  private static String refusal(ThrowingCallable call) {
    return String.valueOf(catchThrowableOfType(UnusableException.class, call).getMessage());
  }
}
