/**
 * <b>Filter patterns</b> of CloudWatch Logs: terms, JSON, fields between blanks, regular
 * expressions. What is not understood is refused.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html">Filter
 *     pattern syntax</a>
 */
@NullMarked
package io.portico.gateway.logs.pattern;

import org.jspecify.annotations.NullMarked;
