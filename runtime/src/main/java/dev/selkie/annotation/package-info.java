/**
 * What a model is written with: methods are layers, parameters are edges.
 *
 * <p>An edge is a parameter that bears the name of the method that feeds it; the one parameter name
 * that is no method's is the input. The order of methods carries no meaning. All sizes are in
 * elements; shapes are written channels x height x width.
 */
package dev.selkie.annotation;
