using Lambray.Aws;
using Lambray.Resources.DynamoDb.Expressions;
using Lambray.Resources.DynamoDb.Values;

namespace Lambray.Resources.DynamoDb.Legacy;

/// <summary>What becomes of an attribute: the parameter <c>AttributeUpdates</c>.</summary>
/// <param name="Action">PUT, ADD or DELETE.</param>
public sealed record AttributeUpdate(string Action, AttributeValue? Value)
{
    /// <exception cref="AwsException">The value does not fit the action.</exception>
    public UpdateAction Of(string attribute)
    {
        if (Value is FaultyValue faulty) throw DynamoErrors.Invalid(faulty.Message);
        if (Value is null && Action != "DELETE") throw DynamoErrors.InvalidValues("Only DELETE action is allowed when no attribute value is specified");
        if (Value is not (null or SetValue) && Action == "DELETE") throw DynamoErrors.InvalidValues($"DELETE action with value is not supported for the type {Value.Type}");
        if (Value is not (null or SetValue or NumberValue or ListValue) && Action == "ADD") throw DynamoErrors.InvalidValues($"ADD action is not supported for the type {Value.Type}");
        var path = DocumentPath.To(attribute);
        return Action switch
        {
            "PUT" => new SetAction(path, new ConstantOperand(Value!)),
            // Lists could be added to before there was list_append.
            "ADD" when Value is ListValue => new SetAction(path, new ListAppendOperand(new IfNotExistsOperand(path, new ConstantOperand(new ListValue([]))), new ConstantOperand(Value))),
            "ADD" => new AddAction(path, Value!),
            _ => Value is null ? new RemoveAction(path) : new DeleteAction(path, Value),
        };
    }
}
