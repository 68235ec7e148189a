namespace DeltaEdge.Controller;

public static class ControllerDefaults
{
    /// <summary>Where <c>/metrics</c> and <c>/healthz</c> are unless <c>--urls</c> says otherwise.</summary>
    public const string Address = "http://localhost:8082";
}
