using System.Globalization;
using System.Text.Json;

namespace Lambray.Tracing.TraceQuery.Filters;

/// <summary>Root causes as GetTraceSummaries gives them, with fields left out: those that are there must be equal, the others may be anything.</summary>
/// <remarks>"Retrieving and refining root cause analytics" in the X-Ray Developer Guide. A list must be equal as a whole, place by place.</remarks>
sealed class RootCausePattern(JsonElement causes)
{
    static readonly string[] CauseFields = ["Services", "ClientImpacting"];
    static readonly string[] ServiceFields = ["Name", "Names", "AccountId", "Type", "Inferred", "EntityPath"];
    static readonly string[] EntityFields = ["Name", "Coverage", "Remote", "Exceptions"];
    static readonly string[] ExceptionFields = ["Name", "Message"];

    /// <summary>For each root cause that is asked for, the name of its first service; null where the name is left open.</summary>
    public IEnumerable<string?> FirstServices => causes.EnumerateArray().Select(FirstService);

    /// <summary>What in it is no root cause; null when all is well.</summary>
    public static string? FindMistake(JsonElement json) => FindMistake(json, CauseFields, "Services", service =>
        FindMistake(service, ServiceFields, "EntityPath", entity =>
            FindMistake(entity, EntityFields, "Exceptions", exception =>
                FindMistake(exception, ExceptionFields, "", _ => null))));

    public bool Matches(TraceSummary trace)
    {
        foreach (var wanted in causes.EnumerateArray())
        {
            if (!Any(wanted, trace.FaultRootCauses) && !Any(wanted, trace.ErrorRootCauses) && !Any(wanted, trace.ResponseTimeRootCauses)) return false;
        }
        return true;
    }

    static bool Any(JsonElement wanted, IReadOnlyList<RootCause> causes)
    {
        foreach (var cause in causes)
            if (Flag(wanted, "ClientImpacting", cause.ClientImpacting) && List(wanted, "Services", cause.Services, Service)) return true;
        return false;
    }

    static bool Service(JsonElement wanted, RootCauseService service) =>
        Text(wanted, "Name", service.Id.Name) && List(wanted, "Names", [service.Id.Name], (name, actual) => IsText(name, actual))
        && Text(wanted, "AccountId", service.Id.AccountId) && Text(wanted, "Type", service.Id.Type)
        && Flag(wanted, "Inferred", service.Inferred) && List(wanted, "EntityPath", service.EntityPath, Entity);

    static bool Entity(JsonElement wanted, RootCauseEntity entity) =>
        Text(wanted, "Name", entity.Name) && Number(wanted, "Coverage", entity.Coverage)
        && Flag(wanted, "Remote", entity.Remote) && List(wanted, "Exceptions", entity.Exceptions, Exception);

    static bool Exception(JsonElement wanted, RootCauseException exception) =>
        Text(wanted, "Name", exception.Name) && Text(wanted, "Message", exception.Message);

    static bool Flag(JsonElement wanted, string field, bool actual) =>
        !wanted.TryGetProperty(field, out var value) || value.ValueKind == (actual ? JsonValueKind.True : JsonValueKind.False);

    static bool Text(JsonElement wanted, string field, string? actual) => !wanted.TryGetProperty(field, out var value) || IsText(value, actual);

    // The guide writes an account id as a number.
    static bool IsText(JsonElement value, string? actual) => value.ValueKind switch
    {
        JsonValueKind.Null => actual is null,
        JsonValueKind.String => value.GetString() == actual,
        JsonValueKind.Number => value.GetRawText() == actual,
        _ => false,
    };

    static bool Number(JsonElement wanted, string field, double? actual) =>
        !wanted.TryGetProperty(field, out var value)
        || (value.ValueKind == JsonValueKind.Number && actual is { } number && value.GetDouble().ToString(CultureInfo.InvariantCulture) == number.ToString(CultureInfo.InvariantCulture));

    static bool List<T>(JsonElement wanted, string field, IReadOnlyList<T> actual, Func<JsonElement, T, bool> matches)
    {
        if (!wanted.TryGetProperty(field, out var list)) return true;
        if (list.GetArrayLength() != actual.Count) return false;
        var index = 0;
        foreach (var item in list.EnumerateArray())
            if (!matches(item, actual[index++])) return false;
        return true;
    }

    static string? FindMistake(JsonElement json, string[] fields, string inner, Func<JsonElement, string?> findInside)
    {
        if (json.ValueKind != JsonValueKind.Array) return "an array was expected";
        foreach (var item in json.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Object) return "an array of objects was expected";
            foreach (var property in item.EnumerateObject())
            {
                if (!fields.Contains(property.Name)) return $"{property.Name} is no field of a root cause here";
                if (property.Name == "Names" && property.Value.ValueKind != JsonValueKind.Array) return "Names is an array";
                if (property.Name == inner && findInside(property.Value) is { } mistake) return mistake;
            }
        }
        return null;
    }

    static string? FirstService(JsonElement cause) =>
        cause.TryGetProperty("Services", out var services) && services.GetArrayLength() > 0 && services[0].TryGetProperty("Name", out var name)
        && name.ValueKind == JsonValueKind.String ? name.GetString() : null;
}
